// SPDX-License-Identifier: MIT
// The one error channel: 0 is success, every other value names one cause. Texts live in Hosted/ and tools/, not in flash.
#pragma warning disable CS1591 // The names say it; what people read is in Hosted/ErrorTexts.cs.
namespace Wamr.Nano.Core;

/// <summary>
/// Result of every operation of the core. The number is what users see (<c>WN1003</c>); the thousands name the phase:
/// 1 binary format, 2 memory, 3 validation, 4 linking, 5 traps, 6 host, 7 images, 8 flash. Numbers are never reused.
/// </summary>
public enum WasmError : ushort
{
    None = 0,

    // 1xxx: the bytes are not a WebAssembly module (spec chapter 5)
    UnexpectedEnd = 1001,
    BadMagic = 1002,
    UnknownVersion = 1003,
    IsComponent = 1004,
    BadLeb128 = 1005,
    BadSectionId = 1006,
    SectionOrder = 1007,
    SectionSizeMismatch = 1008,
    BadUtf8 = 1009,
    BadValueType = 1010,
    BadTypeForm = 1011,
    BadExternKind = 1012,
    BadLimitsFlags = 1013,
    BadMutability = 1014,
    BadOpcode = 1015,
    BadBlockType = 1016,
    FunctionCodeCountMismatch = 1017,
    DataCountMismatch = 1018,
    DataCountMissing = 1019,
    BadSegmentFlags = 1020,
    BadElemKind = 1021,
    TooManyLocals = 1022,
    BodyEndMismatch = 1023,
    ReservedByteNotZero = 1024,
    FeatureDisabled = 1025,
    UnsupportedFeature = 1026,
    IndexTooLarge = 1027,
    BadMemArg = 1028,

    // 2xxx: memory
    OutOfMemory = 2001,
    HeapCorrupted = 2002,
    PoolTooSmall = 2003,
    DoubleFree = 2004,
    ForeignPointer = 2005,
    BadAlignment = 2006,

    // 3xxx: well-formed, but not valid (spec chapter 3)
    TypeMismatch = 3001,
    UnknownType = 3002,
    UnknownFunction = 3003,
    UnknownTable = 3004,
    UnknownMemory = 3005,
    UnknownGlobal = 3006,
    UnknownLocal = 3007,
    UnknownLabel = 3008,
    UnknownDataSegment = 3009,
    UnknownElemSegment = 3010,
    ImmutableGlobal = 3011,
    ConstantExpressionRequired = 3012,
    AlignmentTooLarge = 3013,
    MultipleMemories = 3014,
    DuplicateExport = 3015,
    LimitsMinimumAboveMaximum = 3016,
    MemoryTooLarge = 3017,
    BadStartFunction = 3018,
    UndeclaredFunctionReference = 3019,
    BadPageSize = 3020,
    BadResultArity = 3021,
    TableTooLarge = 3022,
    OffsetOutOfRange = 3023,

    // 39xx: limits of this implementation (spec chapter 7.2)
    TooManyParameters = 3901,
    TooManySlots = 3902,
    FunctionTooLarge = 3903,
    TooManyItems = 3904,

    // 4xxx: linking and instantiation
    UnknownImport = 4001,
    IncompatibleImportType = 4002,
    BadSignature = 4003,
    TooManyInstances = 4004,
    InstanceInUse = 4005,
    ModuleInUse = 4006,
    AppHeapTooSmall = 4007,

    // 5xxx: traps (spec chapter 4.4)
    Unreachable = 5001,
    MemoryOutOfBounds = 5002,
    IntegerDivideByZero = 5003,
    IntegerOverflow = 5004,
    InvalidConversionToInteger = 5005,
    UndefinedElement = 5006,
    UninitializedElement = 5007,
    IndirectCallTypeMismatch = 5008,
    TableOutOfBounds = 5009,
    OperandStackOverflow = 5010,
    NativeStackOverflow = 5011,
    AuxStackOverflow = 5012,
    AuxStackUnderflow = 5013,
    FuelExhausted = 5014,
    Terminated = 5015,
    UnlinkedFunction = 5016,

    // 6xxx: the host
    UnknownExport = 6001,
    ArgumentCountMismatch = 6002,
    ArgumentTypeMismatch = 6003,
    BadAppAddress = 6004,
    HostException = 6005,
    ProcExit = 6006,
    NoAppAllocator = 6007,
    NotSuspended = 6008,
    BadArgument = 6009,

    // 7xxx: execute-in-place images
    BadImageMagic = 7001,
    UnknownImageVersion = 7002,
    ImageChecksumMismatch = 7003,
    WrongTarget = 7004,
    WrongFpu = 7005,
    WrongAbi = 7006,
    ImageTruncated = 7007,
    BadImageTable = 7008,
    MisalignedImage = 7009,
    ImageFeatureMissing = 7010,
    BadRegisterCode = 7011,

    // 8xxx: app slots in flash, and the console that reaches them
    BadFlashGeometry = 8001,
    FlashReadFailed = 8002,
    FlashEraseFailed = 8003,
    FlashProgramFailed = 8004,
    FlashVerifyFailed = 8005,
    NoSuchSlot = 8006,
    NoSuchApp = 8007,
    NoFreeSlot = 8008,
    SlotInUse = 8009,
    ImageTooLarge = 8010,
    ImageSizeMismatch = 8011,
    ImageCrcMismatch = 8012,
    BadAppName = 8013,
    SequenceExhausted = 8014,
    NoInstallOpen = 8015,
    NoSlots = 8016,
    BadRequest = 8017,
}
