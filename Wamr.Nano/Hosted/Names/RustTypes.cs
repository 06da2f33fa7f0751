// SPDX-License-Identifier: MIT
// Types, lifetimes and constants in Rust's names.
using System;
using System.Globalization;
using System.Text;

namespace Wamr.Nano.Mangling;

internal sealed partial class RustName
{
    /// <summary>Lifetimes that are bound around here; names count from the innermost.</summary>
    private ulong _bound;

    private static string? Basic(char letter) => letter switch
    {
        'a' => "i8", 'b' => "bool", 'c' => "char", 'd' => "f64", 'e' => "str", 'f' => "f32", 'h' => "u8", 'i' => "isize", 'j' => "usize",
        'l' => "i32", 'm' => "u32", 'n' => "i128", 'o' => "u128", 'p' => "_", 's' => "i16", 't' => "u16", 'u' => "()", 'v' => "...",
        'x' => "i64", 'y' => "u64", 'z' => "!",
        _ => null,
    };

    private void Arguments() => List(() =>
    {
        if (Take('L')) Show(Lifetime(Base62()));
        else if (Take('K')) Constant();
        else Type();
    });

    private int List(Action item, string between = ", ")
    {
        int count = 0;
        for (; !Failed && !Take('E'); count++)
        {
            if (count != 0) Show(between);
            item();
        }
        return count;
    }

    private void Type()
    {
        if (EnterStep())
        {
            if (Basic(Peek()) is string basic)
            {
                Next();
                Show(basic);
            }
            else if (Peek() is 'C' or 'M' or 'X' or 'Y' or 'N' or 'I') Path(inValue: false);
            else Made(Next());
        }
        Leave();
    }

    private void Made(char letter)
    {
        switch (letter)
        {
            case 'R': Reference(""); break;
            case 'Q': Reference("mut "); break;
            case 'P': TypeBehind("*const "); break;
            case 'O': TypeBehind("*mut "); break;
            case 'A':
                TypeBehind("[");
                Show("; ");
                Constant();
                Show("]");
                break;
            case 'S':
                TypeBehind("[");
                Show("]");
                break;
            case 'T':
                Show("(");
                if (List(Type) == 1) Show(",");
                Show(")");
                break;
            case 'F': Bound(Function); break;
            case 'D':
                Show("dyn ");
                Bound(() => List(Trait, " + "));
                if (!Take('L')) Fail();
                else if (Base62() is ulong lifetime and not 0) Show(" + " + Lifetime(lifetime));
                break;
            case 'B': Back(Type); break;
            default: Fail(); break;
        }
    }

    private void TypeBehind(string before)
    {
        Show(before);
        Type();
    }

    private void Reference(string mutable)
    {
        Show("&");
        if (Take('L') && Base62() is ulong lifetime and not 0) Show(Lifetime(lifetime) + " ");
        TypeBehind(mutable);
    }

    /// <summary>Reads what may have lifetimes of its own.</summary>
    private void Bound(Action read)
    {
        ulong outer = _bound, own = Take('G') ? Base62() + 1 : 0;
        if (own > (ulong)Text.Length) Fail();
        for (ulong n = 0; n < own && !Failed; n++)
        {
            _bound++;
            Show((n == 0 ? "for<" : ", ") + Lifetime(1) + (n + 1 == own ? "> " : ""));
        }
        read();
        _bound = outer;
    }

    private string Lifetime(ulong index)
    {
        if (index == 0) return "'_";
        if (index > _bound) Fail();
        ulong number = _bound - index;
        return number < 26 ? $"'{(char)('a' + number)}" : string.Create(CultureInfo.InvariantCulture, $"'_{number}");
    }

    private void Function()
    {
        if (Take('U')) Show("unsafe ");
        if (Take('K')) Show($"extern \"{(Take('C') ? "C" : Identifier().Replace('_', '-'))}\" ");
        Show("fn(");
        List(Type);
        Show(")");
        if (!Take('u')) TypeBehind(" -> ");
    }

    /// <summary>A trait with what its associated types are.</summary>
    private void Trait()
    {
        bool open = OpenPath();
        while (Take('p'))
        {
            Show(open ? ", " : "<");
            open = true;
            Show(Identifier() + " = ");
            Type();
        }
        if (open) Show(">");
    }

    /// <summary>A path whose last angle bracket is left open, if it has one.</summary>
    private bool OpenPath()
    {
        bool open = false;
        if (EnterStep())
        {
            if (Take('B')) Back(() => open = OpenPath());
            else if (Take('I'))
            {
                Path(inValue: false);
                Show("<");
                Arguments();
                open = true;
            }
            else Path(inValue: false);
        }
        Leave();
        return open;
    }

    private void Constant()
    {
        if (EnterStep())
        {
            char type = Next();
            if (type == 'p') Show("_");
            else if (type == 'B') Back(Constant);
            else if (type is 'h' or 't' or 'm' or 'y' or 'o' or 'j') Number();
            else if (type is 'a' or 's' or 'l' or 'x' or 'n' or 'i')
            {
                if (Take('n')) Show("-");
                Number();
            }
            else if (type == 'b') Show(Hexadecimal() switch { "0" => "false", "1" => "true", _ => Unknown() });
            else if (type == 'c') Character();
            else Fail();
        }
        Leave();
    }

    private string Unknown()
    {
        Fail();
        return "";
    }

    private string Hexadecimal()
    {
        string digits = While(c => c is >= '0' and <= '9' or >= 'a' and <= 'f');
        Expect('_');
        if (digits.Length == 0) Fail();
        return digits;
    }

    private void Number()
    {
        string digits = Hexadecimal();
        Show(ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value)
            ? value.ToString(CultureInfo.InvariantCulture) : "0x" + digits);
    }

    private void Character()
    {
        if (int.TryParse(Hexadecimal(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code) && Rune.IsValid(code))
            Show(code switch
            {
                '\t' => "'\\t'", '\r' => "'\\r'", '\n' => "'\\n'", '\'' => "'\\''", '\\' => "'\\\\'",
                >= ' ' and <= '~' => $"'{(char)code}'",
                _ => string.Create(CultureInfo.InvariantCulture, $"'\\u{{{code:x}}}'"),
            });
        else Fail();
    }
}
