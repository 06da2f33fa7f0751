// SPDX-License-Identifier: MIT
// The C of a module, and everything else on which its code depends: the complete input of compiler and linker.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Wamr.Nano.Xip.Targets;

namespace Wamr.Nano.Xip.Emit;

/// <summary>C files to be compiled after a shared head.</summary>
internal sealed class CSource
{
    internal CSource(CModule c)
    {
        (Head, Files) = c.Write();
        (Target, Reserved, AreJumps) = (c.Target, c.Targets.Size, c.Tails.AreJumps);
    }

    internal string Head { get; }

    internal IReadOnlyList<CPart> Files { get; }

    internal Target Target { get; }

    /// <summary>Bytes that stay free where the code starts.</summary>
    internal uint Reserved { get; }

    /// <summary>Calls in tail position become jumps.</summary>
    internal bool AreJumps { get; }

    /// <summary>A hash of everything the code depends on.</summary>
    /// <param name="compiler">The C compiler and its options.</param>
    internal string Key(string compiler)
    {
        string all = $"{Target.Name} {Reserved} {compiler}\n{Head}{string.Join('\f', Files.Select(file => file.Text))}";
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(all)));
    }
}
