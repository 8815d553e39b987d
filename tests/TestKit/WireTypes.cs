using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.TestKit;

/// <summary>The types that go over the wire, for the rules that generated serializers need.</summary>
public static class WireTypes
{
    /// <summary>All kinds of an assembly, and every type that they are made of: its own, and those of .NET such as <c>List&lt;int&gt;</c>.</summary>
    /// <param name="assembly">The assembly.</param>
    public static IReadOnlyList<Type> Of(Assembly assembly)
    {
        var found = new HashSet<Type>();
        foreach (var kind in assembly.GetTypes().Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(IKubernetesObject))))
        {
            Collect(kind, assembly, found);
        }

        return [.. found.OrderBy(type => type.Name, StringComparer.Ordinal)];
    }

    /// <summary>The init-only properties whose value on a fresh object is not the default of their type: generated code would set them to that
    /// when the JSON does not mention them. They want a <c>set</c>.</summary>
    /// <param name="type">A wire type.</param>
    public static IEnumerable<string> LostInitialValues(Type type)
    {
        if (type.IsEnum || type.GetConstructor(Type.EmptyTypes) is null)
        {
            // What a primary constructor sets keeps the defaults of its parameters.
            return [];
        }

        var fresh = Activator.CreateInstance(type);
        return type.GetProperties()
            .Where(property => IsInitOnly(property) && !Equals(property.GetValue(fresh), Default(property.PropertyType)))
            .Select(property => $"{type.Name}.{property.Name}");
    }

    private static bool IsInitOnly(PropertyInfo property) =>
        property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true
        && property.GetIndexParameters().Length == 0;

    private static object? Default(Type type) => type.IsValueType ? Activator.CreateInstance(type) : null;

    private static void Collect(Type type, Assembly assembly, HashSet<Type> found)
    {
        // Bytes go over the wire as one text.
        var element = type == typeof(byte[]) ? null : type.GetElementType();
        foreach (var part in type.GetGenericArguments().Append(element).OfType<Type>())
        {
            Collect(part, assembly, found);
        }

        if (type.ContainsGenericParameters || !found.Add(type))
        {
            return;
        }

        // What has a converter of its own goes over the wire as that says, not by its parts.
        if (type.Assembly == assembly && type.GetCustomAttribute<JsonConverterAttribute>() is null)
        {
            var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance);
            foreach (var property in properties.Where(property => property.GetCustomAttribute<JsonIgnoreAttribute>() is null))
            {
                Collect(property.PropertyType, assembly, found);
            }
        }
    }
}
