// SPDX-License-Identifier: MIT
// C API: the app's memory, as the host sees it. An app address is an offset in linear memory, 0 included.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Embedding;

internal static unsafe class AppMemoryApi
{
    /// <summary>Allocates bytes in the app's memory, 8-aligned: from its app heap, or with the malloc that it exports.</summary>
    /// <returns>NO_APP_ALLOCATOR, OUT_OF_MEMORY, HEAP_CORRUPTED, BAD_APP_ADDRESS, or the trap of the app's malloc.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_app_malloc")]
    private static WasmError Malloc(ExecEnv* env, uint size, uint* address) => AppMemory.Alloc(env, size, address);

    /// <summary>Frees a block of <see cref="AppMemoryApi.Malloc"/>; 0 is allowed.</summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_app_free")]
    private static WasmError Free(ExecEnv* env, uint address) => AppMemory.Free(env, address);

    /// <summary>
    /// Like <see cref="AppMemoryApi.Malloc"/>, but fills the block with a copy of bytes, which must lie outside the app's memory.
    /// </summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_app_copy")]
    private static WasmError Copy(ExecEnv* env, [CType("const void *")] void* data, uint size, uint* address) =>
        AppMemory.DupData(env, (byte*)data, size, address);

    /// <summary>The size of the linear memory in bytes; 0 if there is none.</summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_memory_size")]
    private static uint Size(Instance* instance) => instance->Memory == null ? 0 : instance->Memory->Size;

    /// <summary>
    /// The native pointer to bytes of the app. It is valid until the memory may grow, which is until the app runs or
    /// <see cref="AppMemoryApi.Malloc"/> is called.
    /// </summary>
    /// <returns>Null unless all of the bytes lie in the memory.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_memory_at")]
    private static void* At(Instance* instance, uint address, uint size) =>
        AppMemory.Validate(instance, address, size) ? AppMemory.ToNative(instance, address) : null;

    /// <summary>
    /// The native pointer to text of the app that ends with a zero byte; valid as long as one of <see cref="AppMemoryApi.At"/>.
    /// </summary>
    /// <returns>Null unless the zero byte lies in the memory.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_memory_text")]
    [return: CType("const char *")]
    private static byte* TextAt(Instance* instance, uint address) =>
        AppMemory.ValidateString(instance, address) ? AppMemory.ToNative(instance, address) : null;

    /// <summary>The app address of a native pointer.</summary>
    /// <returns>BAD_APP_ADDRESS if the pointer is outside the memory.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_memory_address")]
    private static WasmError AddressOf(Instance* instance, void* pointer, uint* address) =>
        AppMemory.ToApp(instance, (byte*)pointer, address) ? WasmError.None : WasmError.BadAppAddress;

    /// <summary>Copies bytes out of the app's memory.</summary>
    /// <returns>BAD_APP_ADDRESS if not all of them lie in the memory. Then nothing is copied.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_memory_read")]
    private static WasmError Read(Instance* instance, uint address, void* buffer, uint size)
    {
        if (!AppMemory.Validate(instance, address, size)) return WasmError.BadAppAddress;
        Raw.Copy((byte*)buffer, AppMemory.ToNative(instance, address), size);
        return WasmError.None;
    }

    /// <summary>Copies bytes into the app's memory.</summary>
    /// <returns>BAD_APP_ADDRESS if not all of them lie in the memory. Then nothing is copied.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_memory_write")]
    private static WasmError Write(Instance* instance, uint address, [CType("const void *")] void* bytes, uint size)
    {
        if (!AppMemory.Validate(instance, address, size)) return WasmError.BadAppAddress;
        Raw.Copy(AppMemory.ToNative(instance, address), (byte*)bytes, size);
        return WasmError.None;
    }
}
