// SPDX-License-Identifier: MIT
// Rust's names of today (RFC 2603, "v0"): paths. What stands in angle brackets is RustTypes' matter.
using System.Globalization;
using System.Text;

namespace Wamr.Nano.Mangling;

internal sealed partial class RustName(string name) : MangledText(name)
{
    private const int Prefix = 2, Longest = 1 << 15, MostSteps = 1 << 16;

    private readonly StringBuilder _shown = new();
    private int _steps;

    /// <summary>The path, without the hashes of crates; null if it is not one.</summary>
    internal static string? Of(string name)
    {
        RustName r = new(name) { At = Prefix };
        r.Path(inValue: true);
        if (r.Peek() is >= 'A' and <= 'Z') r.Unseen(r.InstantiatingCrate);
        return r.Failed || !(r.IsAtEnd || r.Peek() == '.') ? null : r._shown.ToString();
    }

    private void InstantiatingCrate() => Path(inValue: false);

    private void Show(string text)
    {
        if (_shown.Length + text.Length > Longest) Fail();
        else _shown.Append(text);
    }

    /// <summary>Reads what is not shown.</summary>
    private void Unseen(System.Action read)
    {
        int length = _shown.Length;
        read();
        _shown.Length = length;
    }

    /// <summary>As <see cref="MangledText.Enter"/>; references back may lead to the same text again and again.</summary>
    private bool EnterStep()
    {
        if (++_steps > MostSteps) Fail();
        return Enter();
    }

    private void Path(bool inValue)
    {
        if (EnterStep())
            switch (Next())
            {
                case 'C':
                    Disambiguator();
                    Show(Identifier());
                    break;
                case 'N': Nested(inValue); break;
                case 'M':
                    Unseen(ImplPath);
                    Implementation(hasTrait: false);
                    break;
                case 'X':
                    Unseen(ImplPath);
                    Implementation(hasTrait: true);
                    break;
                case 'Y': Implementation(hasTrait: true); break;
                case 'I':
                    Path(inValue);
                    Show(inValue ? "::<" : "<");
                    Arguments();
                    Show(">");
                    break;
                case 'B': Back(() => Path(inValue)); break;
                default: Fail(); break;
            }
        Leave();
    }

    private void ImplPath()
    {
        Disambiguator();
        Path(inValue: false);
    }

    private void Implementation(bool hasTrait)
    {
        Show("<");
        Type();
        if (hasTrait)
        {
            Show(" as ");
            Path(inValue: false);
        }
        Show(">");
    }

    /// <summary>Spaces of names in capitals are of what has no name of its own: closures, shims.</summary>
    private void Nested(bool inValue)
    {
        char space = Next();
        Path(inValue);
        ulong number = Disambiguator();
        string name = Identifier();
        if (space is >= 'A' and <= 'Z')
        {
            string kind = space switch { 'C' => "closure", 'S' => "shim", _ => space.ToString() };
            Show(string.Create(CultureInfo.InvariantCulture, $"::{{{kind}{(name.Length == 0 ? "" : ":" + name)}#{number}}}"));
        }
        else if (space is < 'a' or > 'z') Fail();
        else if (name.Length != 0) Show("::" + name);
    }

    private string Identifier()
    {
        bool isPuny = Take('u');
        // Digits behind a 0 are the next name's.
        if (!char.IsAsciiDigit(Peek())) Fail();
        int length = Take('0') ? 0 : Count();
        Take('_');
        string text = length == 0 ? "" : Chars(length);
        if (!isPuny) return text;
        if (Punycode.Decode(text) is string decoded) return decoded;
        Fail();
        return "";
    }

    private ulong Disambiguator() => Take('s') ? Base62() + 1 : 0;

    private ulong Base62()
    {
        if (Take('_')) return 0;
        ulong number = 0;
        for (int digits = 0; !Take('_'); digits++)
        {
            char c = Next();
            int digit = c is >= '0' and <= '9' ? c - '0'
                : c is >= 'a' and <= 'z' ? c - 'a' + 10
                : c is >= 'A' and <= 'Z' ? c - 'A' + 36
                : -1;
            if (digit < 0 || digits > 10) Fail();
            if (Failed) return 0;
            number = number * 62 + (uint)digit;
        }
        return number + 1;
    }

    /// <summary>Reads again what stands further ahead.</summary>
    private void Back(System.Action read)
    {
        int here = At - 1;
        ulong at = Base62() + Prefix;
        if (at >= (ulong)here) Fail();
        if (Failed) return;
        int behind = At;
        At = (int)at;
        read();
        At = behind;
    }
}
