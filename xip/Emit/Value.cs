// SPDX-License-Identifier: MIT
// An operand of the source's stack while its function is translated.

namespace Wamr.Nano.Xip.Emit;

/// <summary>An operand: a name or a constant in C.</summary>
/// <param name="Text">Name of a temporary or local, or a constant.</param>
/// <param name="Type">Its type.</param>
/// <param name="Id">Two operands with the same number have the same value, whatever their names are.</param>
/// <param name="Local">The local whose name it is, which must not change before the operand is used; -1 for none.</param>
/// <param name="Constant">Its bits, if they are known.</param>
internal readonly record struct Value(string Text, ValType Type, int Id, int Local = -1, ulong? Constant = null);
