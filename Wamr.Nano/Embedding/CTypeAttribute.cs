// SPDX-License-Identifier: MIT
// What C# types leave out: text and constants.
using System;

namespace Wamr.Nano.Embedding;

/// <summary>The C type that the header gives a parameter, field or result.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Field | AttributeTargets.ReturnValue)]
internal sealed class CTypeAttribute(string type) : Attribute
{
    internal string Type => type;
}
