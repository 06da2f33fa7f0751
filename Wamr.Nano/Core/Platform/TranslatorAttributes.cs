// SPDX-License-Identifier: MIT
// Attributes for the C translator (tools/iltoc). The hosted build ignores them.
using System;

namespace Wamr.Nano.Core.Platform;

/// <summary>
/// The method is <c>while (true) switch (*pc)</c>: in C, each jump back to the head of the loop becomes its own fetch and computed goto.
/// The switch is dense, its operand has at most 10 bits (a byte, or masked), and nothing is left on the evaluation stack at the head.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DispatchLoopAttribute : Attribute { }

/// <summary>
/// The method may be part of a cycle of calls whose depth the code limits. Without this attribute, the translator refuses a cycle (IL1007).
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AllowRecursionAttribute : Attribute { }
