// SPDX-License-Identifier: MIT
// What in a module proves that LLVM's linker laid out its memory (data, then the C stack, then the heap): names of globals, producers.

namespace Wamr.Nano.Tool.Trimming;

internal static unsafe class LinkerTraces
{
    /// <summary>
    /// Whether a global is that linker's stack pointer: the name section calls it so, or one of its compilers made the module.
    /// </summary>
    internal static bool Name(NanoModule module, uint global) =>
        StackName.Find(module.Pointer->Bytes, module.Pointer->Size) == global + 1
        || Producers.Of(module) is Producer.Clang or Producer.Rustc;
}
