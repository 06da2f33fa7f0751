// SPDX-License-Identifier: MIT
// The header of an image, byte by byte as it lies in flash, and the numbers in it: shared by the compiler and the loader. See
// xip/FORMAT.md.
namespace Wamr.Nano.Core.Image;

/// <summary>What an image's code is.</summary>
internal enum ImageKind : byte
{
    Native = 1,
    Bytecode = 2,
}

/// <summary>Architecture of native code.</summary>
internal enum ImageMachine : byte
{
    /// <summary>None in particular: bytecode.</summary>
    Any = 0,
    Thumb = 1,
    RiscV32 = 2,
    Xtensa = 3,
    X64 = 4,
}

/// <summary>What floating-point arithmetic the machine has instructions for.</summary>
internal enum ImageFpu : byte
{
    None = 0,
    Single = 1,
    Double = 2,
}

/// <summary>A machine: the one an image is for, and the one that is here.</summary>
internal struct ImageTarget
{
    internal ImageMachine Machine;

    /// <summary>
    /// Level of the architecture; code of a lower one runs. Thumb: 6, 7, 8 (with DSP instructions), 9 (v8-M mainline). Others: 0.
    /// </summary>
    internal byte Level;
    internal ImageFpu Fpu;

    /// <summary>1 where floats are passed in registers of their own.</summary>
    internal byte HardFloat;

    /// <summary>1: little-endian, the only order there is.</summary>
    internal byte LittleEndian;
    internal byte PointerBytes;
}

/// <summary>The first 88 bytes of an image. Offsets count from the start of the image.</summary>
internal struct ImageHeader
{
    internal uint Magic;

    /// <summary>CRC-32 (IEEE 802.3) of everything behind this field.</summary>
    internal uint Crc;

    /// <summary>Bytes of the image.</summary>
    internal uint Size;
    internal ushort ImageVersion;

    /// <summary>Version of <c>NativeAbi</c>, or of the register code.</summary>
    internal ushort AbiVersion;

    /// <summary>Version of the compiler, for people: major, minor, patch in a byte each, from the top.</summary>
    internal uint LibraryVersion;
    internal ImageTarget Target;
    internal ImageKind Kind;

    /// <summary>The image starts at a multiple of 2 to this power.</summary>
    internal byte AlignmentLog2;

    /// <summary>Features its code was compiled with, and <see cref="GuardPages"/>; the runtime must accept them all.</summary>
    internal Features Features;

    /// <summary>A <c>ModuleInfo</c> with its tables.</summary>
    internal uint InfoAt;

    /// <summary>The module's bytes: a WebAssembly binary without its code.</summary>
    internal uint BytesAt;
    internal uint BytesSize;
    internal uint CodeAt;
    internal uint CodeSize;

    /// <summary>Native: offset in the code of the function every call goes through.</summary>
    internal uint EnterAt;

    /// <summary>
    /// Native: a number for each type, the offset in the code of its stub, 0 where none is needed. Bytecode: <see cref="ReferencesAt"/>.
    /// </summary>
    internal uint StubsAt;

    /// <summary>Native: bytes of stack that may be used below a place where the stack was checked.</summary>
    internal uint StackMargin;

    /// <summary>Native: bytes of linear memory the code relies on; 0 where it asks.</summary>
    internal uint FixedBytes;

    /// <summary>Bytecode: entries of the reference map. Native: blocks of the table of calls.</summary>
    internal uint ReferenceCount;

    /// <summary>
    /// Where the SHA-256 of everything from <see cref="Size"/> up to there is; 0 for none. Nothing but the signature follows it.
    /// </summary>
    internal uint DigestAt;

    /// <summary>Bytes of the signature of the digest, right behind it; 0 for none.</summary>
    internal uint SignatureSize;

    /// <summary>First bytes of the SHA-256 of the module the image was made from.</summary>
    internal ulong SourceHash;

    /// <summary>Bytecode: where references are at the targets of branches, as many <c>ReferenceEntry</c> as the count says.</summary>
    internal readonly uint ReferencesAt => StubsAt;

    /// <summary>
    /// Native: the table of calls, behind the stubs of so many types: blocks, as many as the count says, and their entries.
    /// </summary>
    internal readonly uint CallsAt(uint types) => StubsAt + types * sizeof(uint);

    /// <summary>
    /// Its code does not check loads and stores: what it can reach of the address space behind its memory faults, and the host makes a trap
    /// of that. No feature of WebAssembly, and only for runtimes that were given <c>PlatformHooks.GuardedMemory</c>.
    /// </summary>
    internal const Features GuardPages = (Features)(1u << 31);

    /// <summary>
    /// Its code says when functions are entered and left: for runtimes that know <see cref="NativeService.EnterFunction"/>. No feature of
    /// WebAssembly.
    /// </summary>
    internal const Features Profiled = (Features)(1u << 30);

    /// <summary>0, xip.</summary>
    internal const uint MagicNumber = 0x70697800;
    internal const ushort Version = 2;

    /// <summary>Bytes of this structure, of <see cref="Magic"/> and <see cref="Crc"/>, and of a digest.</summary>
    internal const uint Bytes = 88, BytesBeforeSize = 8, DigestBytes = 32;
}
