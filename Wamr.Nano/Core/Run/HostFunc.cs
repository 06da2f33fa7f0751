// SPDX-License-Identifier: MIT
// Host functions as rows of a table: name, function pointer, signature, user data.
namespace Wamr.Nano.Core.Run;

/// <summary>How a host function receives its arguments.</summary>
internal enum HostForm : byte
{
    /// <summary>
    /// The interpreter's own slots: 32 bits each; an i64 or f64 takes two, the low one first. Results are written from slot 0.
    /// Costs least. App addresses are not checked, whatever the signature says.
    /// </summary>
    Slots = 0,

    /// <summary>
    /// A 64-bit cell for each parameter, at most 16, after the checks of the signature: an app address arrives as a native pointer. The
    /// only result, if any, is written to cell 0.
    /// </summary>
    Cells = 1,

    /// <summary>
    /// As <see cref="Slots"/>, and one row serves many functions: in place of the row's user data the function gets a number, which the
    /// answer to the import had as <see cref="Extern.Index"/>. Such a row cannot be registered; only a resolver answers with it, and has to
    /// check the import's type itself.
    /// </summary>
    Family = 2,

    /// <summary>
    /// A function of C such as <c>uint64_t f(wamr_nano_exec_env *env, uint32_t a, uint32_t b)</c>, cast to the type of
    /// <see cref="HostFunc.Function"/>. The arguments are up to <see cref="Config.MaxDirectParams"/> i32, and the signature has no other
    /// letter than i. It returns the i32 result, if any, in the lower half of the 64 bits, and in the upper half the trap to raise, or 0.
    /// Native code calls it without the runtime. So it must not call the app, nor anything that may grow the app's memory; the fuel it
    /// reads may be out of date; an exception that it sets has no effect.
    /// </summary>
    Direct = 3,
}

/// <summary>
/// A host function. <see cref="Function"/> returns <see cref="WasmError.None"/> or the trap to raise; it may call the app with the
/// same environment, unless its form forbids it. Rows belong to the embedder, may lie in flash, and must outlive every instance that uses
/// them.
/// </summary>
internal unsafe struct HostFunc
{
    /// <summary>Name that the import has after its module's name; UTF-8, zero-terminated.</summary>
    internal byte* Name;

    /// <summary>
    /// The function. Its arguments are slots or cells, as <see cref="Form"/> says, and its last parameter is the row's user data.
    /// The form <see cref="HostForm.Direct"/> has a function of another type, cast to this one.
    /// </summary>
    internal delegate*<ExecEnv*, void*, void*, WasmError> Function;

    /// <summary>
    /// A letter for each parameter and result, such as <c>(i*~$)i</c>, zero-terminated: i i32, I i64, f f32, F f64, r externref, n funcref;
    /// * app address, checked for the length in the ~ that follows, or for one byte, of any alignment; ~ length of the * before it; $
    /// address of text that ends with a zero byte. Compared with the import's type when a module is instantiated. Null: any type, with
    /// the form <see cref="HostForm.Slots"/> only.
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
