// SPDX-License-Identifier: MIT
// Host functions as rows of a table: name, function pointer, signature, user data.
namespace Wamr.Nano.Core.Run;

/// <summary>How a host function receives its arguments.</summary>
internal enum HostForm : byte
{
    /// <summary>
    /// The interpreter's own slots: 32 bits each, an i64 or f64 takes two, the low one first. Results are written from slot 0. Nothing is
    /// converted, and no app address is checked, whatever the signature says.
    /// </summary>
    Slots = 0,

    /// <summary>
    /// One 64-bit cell per parameter, at most 16, after the checks of the signature string. A checked app address arrives as a native
    /// pointer. The function writes its result, if any, to cell 0.
    /// </summary>
    Cells = 1,

    /// <summary>
    /// Like <see cref="Slots"/>, but one row serves many functions. Instead of the row's user data, the function receives a number: the
    /// <see cref="Extern.Index"/> with which a resolver provided the import, after checking its type. Such a row cannot be registered. This
    /// suits libraries that prefer a switch to a row of RAM per function.
    /// </summary>
    Family = 2,

    /// <summary>
    /// A C function such as <c>uint64_t f(wamr_nano_exec_env *env, uint32_t a, uint32_t b)</c>. It has at most
    /// <see cref="Config.MaxDirectParams"/> parameters, each an i32, and one i32 or nothing as its result, so the signature has no letter
    /// but i. It returns 64 bits: the result in the lower half, and in the upper half the trap to raise, or 0.
    /// Native code calls it without involving the runtime. So it must not call into wasm, and must not grow
    /// or move a memory. The fuel it sees may be that of the last poll. An exception that it sets in the environment has no effect.
    /// </summary>
    Direct = 3,
}

/// <summary>
/// A host function. <see cref="Function"/> returns <see cref="WasmError.None"/> or the trap to raise. It may call back into wasm with the
/// same environment, unless its form forbids that. Rows belong to the embedder. They are read in place, may lie in flash, and must outlive
/// every instance bound to them.
/// </summary>
internal unsafe struct HostFunc
{
    /// <summary>Field name, UTF-8, zero-terminated.</summary>
    internal byte* Name;

    /// <summary>
    /// The function. Its arguments are the environment, slots or cells depending on <see cref="Form"/>, and the user data of the row. For
    /// form <see cref="HostForm.Direct"/>, a function of another type, cast to this one.
    /// </summary>
    internal delegate*<ExecEnv*, void*, void*, WasmError> Function;

    /// <summary>
    /// Signature such as <c>(i*~$)i</c>, zero-terminated: i I f F values, r externref, n funcref, * app address (checked for the length in
    /// the following ~, for one byte without; the app chose it, so it may have any alignment), ~ length of the preceding *, $ address of a
    /// zero-terminated string. Checked against the import's type when linking. Null: any type (form <see cref="HostForm.Slots"/> only).
    /// </summary>
    internal byte* Signature;

    internal void* UserData;
    internal HostForm Form;
}

/// <summary>The functions that are registered under one module name.</summary>
internal unsafe struct HostGroup
{
    internal HostGroup* Next;

    /// <summary>
    /// For a family: finds the number of the function that an import names, and checks its type. Returns
    /// <see cref="WasmError.UnknownImport"/> if there is no such function. Otherwise null.
    /// </summary>
    internal delegate*<ImportRequest*, uint*, WasmError> Find;

    /// <summary>The module name, UTF-8, zero-terminated. It belongs to the embedder. Null for a family.</summary>
    internal byte* ModuleName;
    internal HostFunc* Functions;
    internal uint Count;
}
