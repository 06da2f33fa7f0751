// SPDX-License-Identifier: MIT
// Mnemonics of the text format, made from the names of the opcodes: I32Load8U is i32.load8_u.
using System;
using System.Text;

namespace Wamr.Nano.Tool.Dump;

internal static class Mnemonic
{
    /// <summary>Words that end in a dot rather than an underscore, where they come first.</summary>
    private static readonly string[] Families = ["i32", "i64", "f32", "f64", "local", "global", "memory", "table", "data", "elem", "ref"];

    internal static string Of(Opcode op) => op == Opcode.SelectT ? "select" : Of(op.ToString());

    internal static string Of(string name)
    {
        StringBuilder text = new();
        foreach (char c in name)
        {
            if (char.IsUpper(c) && text.Length != 0) text.Append(Array.IndexOf(Families, text.ToString()) >= 0 ? '.' : '_');
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }
}
