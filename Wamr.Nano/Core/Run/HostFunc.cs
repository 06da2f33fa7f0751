// SPDX-License-Identifier: MIT
// Host functions as rows of a table: name, function pointer, signature, user data.
namespace Wamr.Nano.Core.Run;

/// <summary>How a host function wants its arguments.</summary>
internal enum HostForm : byte
{
    /// <summary>
    /// The interpreter's own slots: 32 bits each, an i64 or f64 takes two, the low one first. Results are written from slot 0.
    /// Costs no marshalling.
    /// </summary>
    Slots = 0,

    /// <summary>
    /// One 64-bit cell a parameter, after the checks of the signature string: an app address that was checked arrives as a native pointer.
    /// The result, if any, is written to cell 0.
    /// </summary>
    Cells = 1,

    /// <summary>
    /// As <see cref="Slots"/>, and one row serves many functions: in place of the row's user data the function gets its number, which
    /// <see cref="HostGroup.Find"/> gave when linking; its type was checked then. For libraries that would rather spend a switch than
    /// a row of RAM a function.
    /// </summary>
    Family = 2,

    /// <summary>
    /// A function of C (in C#: <c>[UnmanagedCallersOnly]</c>) that gets the environment and the arguments as they are, all in registers: at
    /// most <see cref="Config.MaxDirectParams"/>, each an i32, with one i32 or nothing as result; letter i alone in the signature. It
    /// returns 64 bits: the result, and in the upper half the trap to raise, or 0 (<see cref="HostFuncs.Trap"/>). Native code calls it
    /// without the runtime's knowledge: so it must not call into wasm, nor into what grows a memory or moves it; the fuel it sees may be
    /// that of the last poll; an exception that is set in the environment is not looked at.
    /// </summary>
    Direct = 3,
}

/// <summary>
/// A host function. <see cref="Function"/> returns <see cref="WasmError.None"/> or the trap to raise; it may call back into wasm with the
/// same environment, unless its form forbids. Rows belong to the embedder, are read in place (flash will do) and must outlive every
/// instance bound to them.
/// </summary>
internal unsafe struct HostFunc
{
    /// <summary>Field name, UTF-8, zero-terminated.</summary>
    internal byte* Name;

    /// <summary>
    /// The function: environment, slots or cells as <see cref="Form"/> says, user data of the row. One of another type, cast to this one,
    /// where the form is <see cref="HostForm.Direct"/>.
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

/// <summary>Functions registered under one module name.</summary>
internal unsafe struct HostGroup
{
    internal HostGroup* Next;

    /// <summary>
    /// Null, or for a family: gives the number of the function that an import names, and checks its type.
    /// <see cref="WasmError.UnknownImport"/> where there is no such function.
    /// </summary>
    internal delegate*<ImportRequest*, uint*, WasmError> Find;

    /// <summary>Module name, UTF-8, zero-terminated; the embedder's. Null of a family.</summary>
    internal byte* ModuleName;
    internal HostFunc* Functions;
    internal uint Count;
}
