// SPDX-License-Identifier: MIT
// The text of each error code: the cause with its figures, and the next step. One row per code.
using System;
using System.Globalization;
using Wamr.Nano.Core;

namespace Wamr.Nano;

/// <summary>Who reads a message.</summary>
internal enum Reader
{
    /// <summary>A developer who calls the library: settings are properties.</summary>
    Library,

    /// <summary>A user of the command line: settings are options.</summary>
    Tool,
}

/// <summary>
/// Texts of <see cref="WasmError"/>. Placeholders: {asked} {free} {largest} {index} {argument} of the error's details, and those of
/// <see cref="Words"/>.
/// </summary>
internal static class ErrorTexts
{
    /// <summary>Words that differ between the library and the command line, one row each.</summary>
    internal static readonly (string Placeholder, string Library, string Tool)[] Words =
    [
        ("{pool}", "NanoRuntimeOptions.PoolBytes", "--pool"),
        ("{stack}", "NanoInstanceOptions.StackBytes", "--stack"),
        ("{heap}", "NanoInstanceOptions.HeapBytes", "--heap"),
        ("{wholePages}", "NanoRuntimeOptions.WholePages", "--whole-pages"),
        ("{noCStackChecks}", "NanoRuntimeOptions.CStackChecks = false", "--no-c-stack-check"),
        ("{features}", "switch it on in NanoRuntimeOptions.Features, or build without it", "build without it"),
        ("{resume}", "give more (NanoExecEnv.Fuel) and call Resume", "give more (--fuel)"),
        ("{provide}",
            "define it, or link the instance that exports it (NanoInstanceOptions.Imports); "
            + "NanoInstanceOptions.AllowUnlinked lets functions be missing",
            "--allow-unlinked runs the module anyway, until it calls a missing function"),
        ("{timeout}", "give it more (NanoExecEnv.Timeout)", "give it more (--timeout)"),
        ("{unlinked}", "define it, or link the instance that exports it", "--allow-unlinked let the module run without it"),
        ("{global}", "NanoRuntime.DefineGlobal defines it", "--global module.name=value gives it a value"),
        ("{imports}", "NanoModule.Imports lists the imports", "'wnano dump' lists imports"),
        ("{exports}", "NanoModule.Exports lists the exports", "'wnano dump' lists exports"),
        ("{type}", "NanoModule.Exports gives its type", "'wnano dump' shows its type"),
    ];

    /// <summary>In texts of traps: mentions the call stack if one is shown with the message.</summary>
    private const string Where = "{where}";

    private const string Rebuild = "build the module again; it may be damaged or not be WebAssembly";
    private const string Invalid = "the compiler has a bug, or the module was changed afterwards";
    private const string AppBug = "the app has a bug" + Where;
    private const string Recompile = "compile the image again with this version's 'wnano compile'";
    private const string CompileHere = "compile it for this one: 'wnano compile app.wasm --board NAME'; 'wnano boards' lists the names";

    /// <summary><c>WN1003 unknown version ...</c>: code, cause with numbers, position, next step.</summary>
    /// <param name="code">The error.</param>
    /// <param name="info">Its figures.</param>
    /// <param name="reader">Who reads it.</param>
    /// <param name="callStack">Whether a call stack is shown with the message, so that the message can mention it.</param>
    /// <param name="refusal">Cause and next step for a refused module; null to use those of the error.</param>
    internal static string Message(WasmError code, in ErrorInfo info, Reader reader, bool callStack = false, RefusedFeature? refusal = null)
    {
        (string cause, string nextStep) = refusal == null ? Row(code) : (refusal.Cause, refusal.NextStep);
        return $"{Name(code)} {Fill(cause, info)}{Position(code, info)}: {Say(nextStep, reader, callStack)}";
    }

    /// <summary>A text of <see cref="Row"/> in the words of its reader, with or without a call stack.</summary>
    internal static string Say(string text, Reader reader, bool callStack)
    {
        foreach ((string placeholder, string library, string tool) in Words)
            text = text.Replace(placeholder, reader == Reader.Library ? library : tool, StringComparison.Ordinal);
        return text.Replace(Where, callStack ? "; the call stack shows where" : "", StringComparison.Ordinal);
    }

    /// <summary>The code as users see it, such as <c>WN1003</c>.</summary>
    internal static string Name(WasmError code) => string.Create(CultureInfo.InvariantCulture, $"WN{(int)code:D4}");

    /// <summary>If the figures are unknown, as for an error that a device reports, the text after the colon is left out.</summary>
    private static string Fill(string text, in ErrorInfo info)
    {
        bool known = info.Asked != 0 || info.Free != 0 || info.Largest != 0 || info.Index != ErrorInfo.Unknown;
        return known || !text.Contains('{', StringComparison.Ordinal) ? Filled(text, info) : Filled(text.Split(':')[0], info);
    }

    private static string Filled(string text, in ErrorInfo info) => text
        .Replace("{asked}", Number(info.Asked), StringComparison.Ordinal)
        .Replace("{free}", Number(info.Free), StringComparison.Ordinal)
        .Replace("{largest}", Number(info.Largest), StringComparison.Ordinal)
        .Replace("{argument}", info.Index == ErrorInfo.Unknown ? "the result" : $"argument {Number(info.Index)}", StringComparison.Ordinal)
        .Replace("{index}", info.Index == ErrorInfo.Unknown ? "?" : Number(info.Index), StringComparison.Ordinal);

    private static string Number(uint value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Position(WasmError code, in ErrorInfo info)
    {
        if ((int)code / 1000 is not (1 or 3 or 4)) return "";
        string offset = info.Offset == ErrorInfo.Unknown ? ""
            : string.Create(CultureInfo.InvariantCulture, $" at offset 0x{info.Offset:x}");
        string index = info.Index == ErrorInfo.Unknown ? "" : string.Create(CultureInfo.InvariantCulture, $", index {info.Index}");
        return offset + index;
    }

    internal static (string Cause, string NextStep) Row(WasmError code) => code switch
    {
        WasmError.None => ("no error", "nothing to do"),

        WasmError.UnexpectedEnd => ("the module ends too early", Rebuild),
        WasmError.BadMagic =>
            ("this is not a WebAssembly module: it does not begin with \\0asm", "give a .wasm file, not text or another format"),
        WasmError.UnknownVersion => ("unknown version of the binary format", "only version 1 runs here; " + Rebuild),
        WasmError.IsComponent => ("this is a component, not a core module", "extract its core module, or build for target wasm32-wasip1"),
        WasmError.BadLeb128 => ("a number is encoded with too many bytes or bits", Rebuild),
        WasmError.BadSectionId => ("unknown section", Rebuild),
        WasmError.SectionOrder => ("a section is out of order or comes twice", Rebuild),
        WasmError.SectionSizeMismatch => ("a section's size differs from the size of its contents", Rebuild),
        WasmError.BadUtf8 => ("a name is not UTF-8", Rebuild),
        WasmError.BadValueType => ("unknown value type", "SIMD, GC and typed references are not accepted; " + Rebuild),
        WasmError.BadTypeForm => ("unknown form of a type", "GC types are not accepted; " + Rebuild),
        WasmError.BadExternKind => ("unknown kind of import or export", "exception tags are not accepted; " + Rebuild),
        WasmError.BadLimitsFlags =>
            ("unknown flags of a memory or table", "shared and 64-bit memories are not accepted; build without them"),
        WasmError.BadMutability => ("a global is neither constant nor variable", Rebuild),
        WasmError.BadOpcode => ("unknown instruction", "build without SIMD, threads and exceptions (-mno-simd128 ...)"),
        WasmError.BadBlockType => ("bad type of a block", Rebuild),
        WasmError.FunctionCodeCountMismatch => ("the function section and the code section have different counts", Rebuild),
        WasmError.DataCountMismatch => ("the data count differs from the number of data segments", Rebuild),
        WasmError.DataCountMissing => ("an instruction needs the data count section", Rebuild),
        WasmError.BadSegmentFlags => ("unknown flags of a segment", Rebuild),
        WasmError.BadElemKind => ("unknown kind of an element segment", Rebuild),
        WasmError.TooManyLocals => ("a function declares too many locals", "split the function"),
        WasmError.BodyEndMismatch => ("a function body does not end where its size says", Rebuild),
        WasmError.ReservedByteNotZero => ("a reserved byte is not zero", "multi-memory is not accepted; " + Rebuild),
        WasmError.FeatureDisabled => ("the module uses a feature that is switched off", "{features}"),
        WasmError.UnsupportedFeature => ("the module uses a feature this runtime does not have", "build without it"),
        WasmError.IndexTooLarge => ("a count or index is too large", Rebuild),
        WasmError.BadMemArg => ("bad alignment of a memory access", "multi-memory is not accepted; " + Rebuild),

        WasmError.OutOfMemory => ("out of memory: {asked} B asked for, {free} B free, largest block {largest} B",
            "give a larger pool ({pool}), a smaller operand stack ({stack}) or a smaller app heap ({heap}); "
                + "'wnano fit' finds how much of each the app needs"),
        WasmError.HeapCorrupted =>
            ("a heap is damaged: a block's header or link was overwritten",
                "look for a host function that writes too far; in an app heap, for an app that does"),
        WasmError.PoolTooSmall => ("pool too small: {asked} B cannot hold the pool's own structures", "give a larger pool ({pool})"),
        WasmError.DoubleFree => ("a block was freed twice", "look for a host function that frees what it does not own"),
        WasmError.ForeignPointer =>
            ("a freed pointer is not a block of the pool", "look for a host function that frees what it does not own"),
        WasmError.BadAlignment =>
            ("bad alignment: a block's address is misaligned, or {asked} is not a power of two",
                "free only allocated blocks; ask for an alignment of 8, 16, 32 ..."),

        WasmError.TypeMismatch => ("type mismatch", Invalid),
        WasmError.UnknownType => ("unknown type", Invalid),
        WasmError.UnknownFunction => ("unknown function", Invalid),
        WasmError.UnknownTable => ("unknown table", Invalid),
        WasmError.UnknownMemory => ("unknown memory", Invalid),
        WasmError.UnknownGlobal => ("unknown global", Invalid),
        WasmError.UnknownLocal => ("unknown local", Invalid),
        WasmError.UnknownLabel => ("unknown label", Invalid),
        WasmError.UnknownDataSegment => ("unknown data segment", Invalid),
        WasmError.UnknownElemSegment => ("unknown element segment", Invalid),
        WasmError.ImmutableGlobal => ("a constant global is set", Invalid),
        WasmError.ConstantExpressionRequired => ("an initialiser is not a constant expression", Invalid),
        WasmError.AlignmentTooLarge => ("an access claims more than its natural alignment", Invalid),
        WasmError.MultipleMemories => ("more than one memory", "multi-memory is not accepted; build without it"),
        WasmError.DuplicateExport => ("two exports have one name", Invalid),
        WasmError.LimitsMinimumAboveMaximum => ("a minimum size is above the maximum", Invalid),
        WasmError.MemoryTooLarge => ("a memory is too large", "the largest memory is one page smaller than 4 GB"),
        WasmError.BadStartFunction => ("the start function has parameters or results", Invalid),
        WasmError.UndeclaredFunctionReference => ("a function reference is not declared", Invalid),
        WasmError.BadPageSize => ("bad page size", "a page has 1 or 65,536 bytes"),
        WasmError.BadResultArity => ("bad number of results", Invalid),
        WasmError.TableTooLarge => ("a table is too large", "a table has at most 10,000,000 elements"),
        WasmError.OffsetOutOfRange => ("an offset does not fit the memory's addresses", Invalid),

        WasmError.TooManyParameters =>
            ("a function type has too many parameters or results: {asked}", "at most 1,000 of each are allowed; pass a pointer"),
        WasmError.TooManySlots =>
            ("a function needs a frame that is too large",
                "locals and operands may take 65,280 slots of 32 bits, and an i64 or f64 takes two; split the function"),
        WasmError.FunctionTooLarge =>
            ("a function is too large",
                "the limits are blocks nested 131,071 deep, a br_table of 10,922 labels (32,000 in a short function), and 32 MB of "
                + "register code in a module; split the function"),
        WasmError.TooManyItems =>
            ("too many types, functions, imports, exports, globals, tables or segments",
                "at most 65,535 of each are allowed, and an i64 or f64 global counts twice"),
        WasmError.ConstExpressionTooLarge =>
            ("a constant expression has too many operands at once", "at most 16 are allowed; compute the value in the start function"),
        WasmError.LocalsBeyondLimit =>
            ("a function has too many locals: {asked}", "at most 50,000 are allowed, parameters included; split the function"),

        WasmError.UnknownImport => ("an import is not provided", "{provide}; {imports}"),
        WasmError.IncompatibleImportType => ("an import is provided with another type", "compare both types; {imports}"),
        WasmError.BadSignature =>
            ("a host function's signature does not fit its import", "write it as (i*~$)i: one letter for each parameter, then the result"),
        WasmError.TooManyInstances => ("too many instances", "at most 4,095 can exist at once; free some"),
        WasmError.InstanceInUse => ("the instance is running, or others import from it", "let it finish, and free the others first"),
        WasmError.ModuleInUse => ("the module has live instances", "free those first"),
        WasmError.CutMemoryImported =>
            ("the imported memory ends at __heap_base of its module", "load the module that exports it with whole pages ({wholePages})"),
        WasmError.AppHeapTooSmall => ("app heap too small: {asked} B", "ask for 256 B or more ({heap}), or for none"),

        WasmError.Unreachable => ("unreachable was executed", "the app gave up there: an assertion, panic or abort" + Where),
        WasmError.MemoryOutOfBounds => ("out of bounds memory access", AppBug),
        WasmError.IntegerDivideByZero => ("integer divide by zero", AppBug),
        WasmError.IntegerOverflow => ("integer overflow", AppBug),
        WasmError.InvalidConversionToInteger => ("invalid conversion to integer", AppBug),
        WasmError.UndefinedElement => ("undefined element: the table is shorter", AppBug),
        WasmError.UninitializedElement => ("uninitialized element: the table entry is null", AppBug),
        WasmError.IndirectCallTypeMismatch => ("indirect call type mismatch", AppBug),
        WasmError.TableOutOfBounds => ("out of bounds table access", AppBug),
        WasmError.OperandStackOverflow =>
            ("operand stack overflow", "give a larger stack ({stack}), or look for endless recursion" + Where),
        WasmError.NativeStackOverflow =>
            ("call stack exhausted: calls are nested deeper than the native stack allows",
                "look for endless recursion, in native code or through host functions" + Where),
        WasmError.AuxStackOverflow =>
            ("auxiliary stack overflow",
                "build with a larger stack (-z stack-size=...); for an app that changes its stacks itself, {noCStackChecks}"),
        WasmError.AuxStackUnderflow =>
            ("auxiliary stack underflow", AppBug + "; for an app that changes its stacks itself, {noCStackChecks}"),
        WasmError.FuelExhausted => ("fuel exhausted", "{resume}, or look for an endless loop"),
        WasmError.Terminated => ("terminated on request", "nothing to do"),
        WasmError.TimeExceeded => ("the app did not end in the time it was given", "{timeout}, or look for an endless loop"),
        WasmError.UnlinkedFunction => ("a function that the app imports was called, and nothing provides it", "{unlinked}"),

        WasmError.UnknownExport => ("there is no such export", "{exports}"),
        WasmError.ArgumentCountMismatch => ("wrong number of arguments: the function takes {asked}, not {free}", "{type}"),
        WasmError.ArgumentTypeMismatch => ("{argument} does not have the type that the function wants", "{type}"),
        WasmError.BadAppAddress => ("an address the app passed lies outside its memory", AppBug),
        WasmError.HostException => ("a host function threw an exception", "see the inner exception"),
        WasmError.ProcExit => ("the app ended itself", "see its exit code"),
        WasmError.NoAppAllocator =>
            ("the instance has neither an app heap nor an allocator", "give an app heap ({heap}), or export malloc and free"),
        WasmError.NotSuspended => ("there is nothing to resume", "only a run that spent its fuel can be resumed"),
        WasmError.BadArgument =>
            ("bad argument: {asked}, but at least {free} is needed", "see the documentation of the call; the operand stack is {stack}"),

        WasmError.BadImageMagic => ("this is not an execute-in-place image", "give a file made by 'wnano compile'"),
        WasmError.UnknownImageVersion => ("unknown version of the image format", Recompile),
        WasmError.ImageChecksumMismatch => ("the image's checksum is wrong: it is damaged", "flash or copy it again"),
        WasmError.WrongTarget => ("the image is for another processor", CompileHere),
        WasmError.WrongFpu => ("the image is for another floating-point unit", CompileHere),
        WasmError.WrongAbi => ("the image is for another version of this runtime", Recompile),
        WasmError.ImageTruncated => ("the image ends too early", "flash or copy it again"),
        WasmError.BadImageTable => ("a table of the image points outside it", "flash or copy it again"),
        WasmError.MisalignedImage => ("the image does not lie at a multiple of 8", "place it at an 8-aligned address"),
        WasmError.ImageFeatureMissing =>
            ("the image needs a feature this runtime was built without",
                "build the runtime with it; guard pages exist only on Linux with x86-64; for other systems, compile without --guard-pages"),
        WasmError.ImageMemoryMismatch =>
            ("the image was compiled for a memory of another size: {free} B, but the instance would have {asked} B",
                "compile it with 'wnano compile --app-heap N', where N is the instance's app heap; with "
                + "--guard-pages, N must be whole pages of 64 KiB"),
        WasmError.ImageDigestMismatch => ("the image's SHA-256 does not match its contents", Recompile),
        WasmError.ImageSignatureRefused => ("the image's signature was refused", "sign it with a key this device trusts"),
        WasmError.BadRegisterCode =>
            ("register code of the image is damaged or forged, and could lead out of the sandbox: function {index}", Recompile),
        WasmError.WrongImageKind =>
            ("the image holds a kind of code, bytecode or native, that this firmware does not run",
                "compile it with or without --bytecode, or build the firmware with a profile that has that engine"),
        WasmError.WrongByteOrder => ("the image is for a big-endian processor, and this one is little-endian", Recompile),
        WasmError.WrongPointerSize =>
            ("the image's pointers have another size than this processor's",
                "compile it for the board it will run on; for this computer, compile bytecode with --target x86_64"),

        WasmError.BadFlashGeometry =>
            ("the board's erase units, write unit or slots do not fit each other", "correct \"flash\" in board.json: docs/SLOTS.md"),
        WasmError.FlashReadFailed => ("flash could not be read", "remove the app and install it again"),
        WasmError.FlashEraseFailed =>
            ("flash does not read as erased after an erase",
                "check power and write protection, and that this flash can be written at all; otherwise use another slot"),
        WasmError.FlashProgramFailed =>
            ("flash could not be programmed", "check power and write protection, then try again; otherwise use another slot"),
        WasmError.FlashVerifyFailed =>
            ("flash does not hold what was written",
                "check write protection, and that this flash can be written at all; then try "
                + "again; if an erase unit is worn, use another slot"),
        WasmError.NoSuchSlot => ("there is no such slot", "'wnano ps' lists the slots"),
        WasmError.NoSuchApp => ("there is no such app on the device", "'wnano ps' lists the apps"),
        WasmError.NoFreeSlot => ("no slot is free: each holds the newest version of an app", "'wnano rm' makes room"),
        WasmError.SlotInUse => ("the slot holds the running app, or an app's newest version", "take another slot, or remove the app first"),
        WasmError.ImageTooLarge =>
            ("the image is larger than the slot, or than every slot", "'wnano size' says what is large; 'wnano ps' lists the slots"),
        WasmError.ImageSizeMismatch => ("the image does not have the promised size", "send it again"),
        WasmError.ImageCrcMismatch => ("the image arrived damaged", "send it again"),
        WasmError.BadAppName => ("bad name of an app", "use 1 to 32 letters, digits, points, underscores or hyphens"),
        WasmError.SequenceExhausted => ("the slots' sequence numbers are used up", "erase the app region and install the apps again"),
        WasmError.NoInstallOpen => ("no install is under way", "begin one; after an error, begin again"),
        WasmError.NoSlots =>
            ("the device has no app slots", "add slots to its board.json (docs/SLOTS.md), then build and flash the firmware again"),
        WasmError.BadRequest => ("the device does not know the request", "use a wnano of the same version as the firmware"),

        _ => ("unknown error", "report it"),
    };
}
