// SPDX-License-Identifier: MIT
// The header of an image, exactly as it lies in flash, and its constants. Compiler and loader share it. See xip/FORMAT.md.
namespace Wamr.Nano.Core.Image;

/// <summary>The kind of code in an image.</summary>
internal enum ImageKind : byte
{
    Native = 1,
    Bytecode = 2,
}

/// <summary>Architecture of native code.</summary>
internal enum ImageMachine : byte
{
    /// <summary>Any machine: bytecode.</summary>
    Any = 0,
    Thumb = 1,
    RiscV32 = 2,
    Xtensa = 3,
    X64 = 4,
}

/// <summary>The machine's instructions for floating-point arithmetic.</summary>
internal enum ImageFpu : byte
{
    None = 0,
    Single = 1,
    Double = 2,
}

/// <summary>A machine: the one that an image is for, or the current one.</summary>
internal struct ImageTarget
{
    internal ImageMachine Machine;

    /// <summary>
    /// The level of the architecture. Code for a lower level also runs. Thumb: 6, 7, 8 (with DSP instructions), 9 (v8-M mainline). Others:
    /// 0.
    /// </summary>
    internal byte Level;
    internal ImageFpu Fpu;

    /// <summary>1 if floats are passed in floating-point registers.</summary>
    internal byte HardFloat;

    /// <summary>1: little-endian, the only supported order.</summary>
    internal byte LittleEndian;
    internal byte PointerBytes;
}

/// <summary>The first 88 bytes of an image. Offsets count from the start of the image.</summary>
internal struct ImageHeader
{
    internal uint Magic;

    /// <summary>CRC-32 (IEEE 802.3) of everything after this field.</summary>
    internal uint Crc;

    /// <summary>Bytes of the image.</summary>
    internal uint Size;
    internal ushort ImageVersion;

    /// <summary>Version of <c>NativeAbi</c>, or of the register code.</summary>
    internal ushort AbiVersion;

    /// <summary>Version of the compiler, for information: major, minor and patch, one byte each, from the top.</summary>
    internal uint LibraryVersion;
    internal ImageTarget Target;
    internal ImageKind Kind;

    /// <summary>The image starts at a multiple of 2 to this power.</summary>
    internal byte AlignmentLog2;

    /// <summary>The features with which its code was compiled, and <see cref="GuardPages"/>. The runtime must accept all of them.</summary>
    internal Features Features;

    /// <summary>A <c>ModuleInfo</c> with its tables.</summary>
    internal uint InfoAt;

    /// <summary>The module's bytes: a WebAssembly binary without its code.</summary>
    internal uint BytesAt;
    internal uint BytesSize;
    internal uint CodeAt;
    internal uint CodeSize;

    /// <summary>Native: offset in the code of the function that every call from the runtime goes through.</summary>
    internal uint EnterAt;

    /// <summary>
    /// Native: for each type, the offset in the code of its stub, or 0 if none is needed. Bytecode: <see cref="ReferencesAt"/>.
    /// </summary>
    internal uint StubsAt;

    /// <summary>Native: bytes of stack that code may use after a check of the stack.</summary>
    internal uint StackMargin;

    /// <summary>Native: the size of linear memory for which the code was compiled; 0 if the code reads the size at run time.</summary>
    internal uint FixedBytes;

    /// <summary>Bytecode: entries of the reference map. Native: blocks of the table of calls.</summary>
    internal uint ReferenceCount;

    /// <summary>
    /// Offset of the SHA-256 of everything from <see cref="Size"/> up to there; 0 for none. Only the signature follows it.
    /// </summary>
    internal uint DigestAt;

    /// <summary>Size of the signature, which follows the digest; 0 for none.</summary>
    internal uint SignatureSize;

    /// <summary>First bytes of the SHA-256 of the module the image was made from.</summary>
    internal ulong SourceHash;

    /// <summary>Bytecode: the reference map, as many <c>ReferenceEntry</c> as the count says.</summary>
    internal readonly uint ReferencesAt => StubsAt;

    /// <summary>
    /// Native: the table of calls, after the stubs for the given number of types: as many blocks as the count says, and their entries.
    /// </summary>
    internal readonly uint CallsAt(uint types) => StubsAt + types * sizeof(uint);

    /// <summary>
    /// Its code does not check loads and stores. Accesses beyond its memory fault, and the host turns the fault into a trap. This is not a
    /// feature of WebAssembly, and needs a runtime with <c>PlatformHooks.GuardedMemory</c>.
    /// </summary>
    internal const Features GuardPages = (Features)(1u << 31);

    /// <summary>
    /// Its code reports when functions begin and return, with <see cref="NativeService.EnterFunction"/>. This is not a feature of
    /// WebAssembly.
    /// </summary>
    internal const Features Profiled = (Features)(1u << 30);

    /// <summary>0, xip.</summary>
    internal const uint MagicNumber = 0x70697800;
    internal const ushort Version = 2;

    /// <summary>The size of this structure, of <see cref="Magic"/> and <see cref="Crc"/>, and of a digest.</summary>
    internal const uint Bytes = 88, BytesBeforeSize = 8, DigestBytes = 32;
}
