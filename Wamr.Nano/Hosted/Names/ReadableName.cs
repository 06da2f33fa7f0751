// SPDX-License-Identifier: MIT
// Names of functions as their authors wrote them: compilers of C++ and Rust pack scope, types and more into one word.
using Wamr.Nano.Mangling;

namespace Wamr.Nano;

internal static class ReadableName
{
    /// <summary>Characters of a name that is looked at; longer ones stay as they are.</summary>
    private const int Longest = 1 << 16;

    /// <summary>The name as people read it; one that no known compiler made, or that is damaged, comes back unchanged.</summary>
    internal static string Of(string name) => name.Length > Longest ? name : Rust(name) ?? Cpp(name) ?? name;

    /// <summary>A call of it in a table or a list: fit for a terminal, too.</summary>
    internal static string Text(string name) => Printable.Text(Of(name));

    private static string? Rust(string name) => name.StartsWith("_R", System.StringComparison.Ordinal) ? RustName.Of(name)
        : name.StartsWith("_ZN", System.StringComparison.Ordinal) ? RustLegacyName.Of(name) : null;

    private static string? Cpp(string name) => name.StartsWith("_Z", System.StringComparison.Ordinal) ? CppName.Of(name) : null;
}
