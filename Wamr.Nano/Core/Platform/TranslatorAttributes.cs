// SPDX-License-Identifier: MIT
// What a method tells the C translator (tools/iltoc). The hosted build carries the marks and ignores them.
using System;

namespace Wamr.Nano.Core.Platform;

/// <summary>
/// The method is <c>while (true) switch (*pc)</c>: in C, each jump back to the head of the loop becomes its own fetch and computed goto.
/// The switch is dense, its operand has at most 10 bits (a byte, or masked), and nothing is left on the evaluation stack at the head.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DispatchLoopAttribute : Attribute { }

/// <summary>
/// The method may be part of a cycle of calls whose depth the code itself bounds. Without it a cycle is refused (IL1007).
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AllowRecursionAttribute : Attribute { }
