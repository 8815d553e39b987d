using System.Buffers;
using System.Text;

namespace RunbookOperator.Kubernetes;

/// <summary>Writes any text as a part of a header's name. The API server takes percent signs off again.</summary>
internal static class HeaderKey
{
    // RFC 7230 "token", without the percent sign. Header names have no case, so capitals would be lost: they are escaped too.
    private static readonly SearchValues<byte> Plain = SearchValues.Create("!#$&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz"u8);

    public static string Escape(string key)
    {
        var text = new StringBuilder();
        foreach (var octet in Encoding.UTF8.GetBytes(key))
        {
            _ = Plain.Contains(octet) ? text.Append((char)octet) : text.Append('%').Append(octet.ToString("X2"));
        }

        return text.ToString();
    }
}
