// SPDX-License-Identifier: MIT
// C API: the app's memory, as the host sees it. An app address is an offset in linear memory, 0 included.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Embedding;

internal static unsafe class AppMemoryApi
{
    /// <summary>
    /// Takes bytes in the app's memory: from its app heap, 8-aligned, or from the malloc that the app exports, which runs then.
    /// </summary>
    /// <param name="env">Where malloc runs. Its instance has the memory.</param>
    /// <param name="size">Bytes.</param>
    /// <param name="address">0 on failure.</param>
    /// <returns>NO_APP_ALLOCATOR, OUT_OF_MEMORY, HEAP_CORRUPTED, BAD_APP_ADDRESS, or the trap of the app's malloc.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_app_malloc")]
    private static WasmError Malloc(ExecEnv* env, uint size, uint* address) => AppMemory.Alloc(env, size, address);

    /// <summary>Gives back what <see cref="AppMemoryApi.Malloc"/> took; 0 is allowed.</summary>
    /// <returns>
    /// BAD_APP_ADDRESS, NO_APP_ALLOCATOR, or the trap of the app's free; of an app heap, DOUBLE_FREE, FOREIGN_POINTER or HEAP_CORRUPTED.
    /// </returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_app_free")]
    private static WasmError Free(ExecEnv* env, uint address) => AppMemory.Free(env, address);

    /// <summary>
    /// As <see cref="AppMemoryApi.Malloc"/>, and fills the bytes with a copy of yours, which must not lie in the app's memory.
    /// </summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_app_copy")]
    private static WasmError Copy(ExecEnv* env, [CType("const void *")] void* data, uint size, uint* address) =>
        AppMemory.DupData(env, (byte*)data, size, address);

    /// <summary>Bytes of the instance's memory; 0 if it has none.</summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_memory_size")]
    private static uint Size(Instance* instance) => instance->Memory == null ? 0 : instance->Memory->Size;

    /// <summary>
    /// Makes the instance's memory larger by some pages, all zero, as the app could; native pointers into it are no longer valid.
    /// </summary>
    /// <returns>UNKNOWN_MEMORY without one; OUT_OF_MEMORY if there is no room, or if the memory cannot grow so far.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_memory_grow")]
    private static WasmError Grow(Instance* instance, uint pages)
    {
        if (instance->Memory == null) return Runtimes.Fail(instance->Runtime, WasmError.UnknownMemory);
        if (Memories.Grow(instance->Memory, pages) != Memories.Failed) return WasmError.None;
        return Runtimes.FailValue(instance->Runtime, WasmError.OutOfMemory, pages, instance->Memory->MaxPages);
    }

    /// <summary>
    /// A native pointer to bytes of the app. It is valid until the memory may grow: until the app runs, or until
    /// <see cref="AppMemoryApi.Malloc"/>, <see cref="AppMemoryApi.Copy"/>, <see cref="AppMemoryApi.Free"/> or
    /// <see cref="AppMemoryApi.Grow"/> is called.
    /// </summary>
    /// <returns>Null unless all of the bytes lie in the memory.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_memory_at")]
    private static void* At(Instance* instance, uint address, uint size) =>
        AppMemory.Validate(instance, address, size) ? AppMemory.ToNative(instance, address) : null;

    /// <summary>
    /// A native pointer to text of the app that ends with a zero byte; valid as long as one from <see cref="AppMemoryApi.At"/>.
    /// </summary>
    /// <returns>Null unless the zero byte lies in the memory.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_memory_text")]
    [return: CType("const char *")]
    private static byte* TextAt(Instance* instance, uint address) =>
        AppMemory.ValidateString(instance, address) ? AppMemory.ToNative(instance, address) : null;

    /// <summary>Turns a native pointer into an app address.</summary>
    /// <returns>BAD_APP_ADDRESS if the pointer does not lie in the memory.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_memory_address")]
    private static WasmError AddressOf(Instance* instance, [CType("const void *")] void* pointer, uint* address) =>
        AppMemory.ToApp(instance, (byte*)pointer, address) ? WasmError.None : Runtimes.Fail(instance->Runtime, WasmError.BadAppAddress);

    /// <summary>Copies bytes out of the app's memory.</summary>
    /// <returns>BAD_APP_ADDRESS if not all of them lie in the memory. Then nothing is copied.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_memory_read")]
    private static WasmError Read(Instance* instance, uint address, void* buffer, uint size)
    {
        if (!AppMemory.Validate(instance, address, size)) return BadAddress(instance, address);
        if (size != 0) Raw.Copy((byte*)buffer, AppMemory.ToNative(instance, address), size);
        return WasmError.None;
    }

    /// <summary>Copies bytes into the app's memory.</summary>
    /// <returns>BAD_APP_ADDRESS if not all of them lie in the memory. Then nothing is copied.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_memory_write")]
    private static WasmError Write(Instance* instance, uint address, [CType("const void *")] void* bytes, uint size)
    {
        if (!AppMemory.Validate(instance, address, size)) return BadAddress(instance, address);
        if (size != 0) Raw.Copy(AppMemory.ToNative(instance, address), (byte*)bytes, size);
        return WasmError.None;
    }

    private static WasmError BadAddress(Instance* instance, uint address) =>
        Runtimes.FailValue(instance->Runtime, WasmError.BadAppAddress, address, instance->Memory == null ? 0 : instance->Memory->Size);
}
