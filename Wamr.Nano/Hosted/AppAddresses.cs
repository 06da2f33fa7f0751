// SPDX-License-Identifier: MIT
// Checks the addresses that an app passes to a host function, according to the letters of its signature.
using System;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano;

internal static unsafe class AppAddresses
{
    /// <summary>Letters of a signature's parameters; null if none is an address, and nothing has to be checked.</summary>
    internal static string? LettersOf(string signature)
    {
        string letters = signature[1..signature.IndexOf(')', StringComparison.Ordinal)];
        return letters.AsSpan().IndexOfAny('*', '$') < 0 ? null : letters;
    }

    /// <summary>Whether every address, with the bytes that belong to it, lies in the memory of an instance.</summary>
    internal static bool AreValid(Instance* instance, string letters, uint* slots)
    {
        for (int i = 0; i < letters.Length; slots += letters[i++] is 'I' or 'F' ? 2 : 1)
        {
            bool valid = letters[i] switch
            {
                '*' => AppMemory.Validate(instance, *slots, i + 1 < letters.Length && letters[i + 1] == '~' ? slots[1] : 1),
                '$' => AppMemory.ValidateString(instance, *slots),
                _ => true,
            };
            if (!valid) return false;
        }
        return true;
    }
}
