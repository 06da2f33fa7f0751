// SPDX-License-Identifier: MIT
// The instruction cache of the Cortex-M7. Its data cache stays off, so that what is read is what flash holds.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Boards;

internal static class FlashCache
{
    /// <summary>Forgets what the cache holds; it is on afterwards (cache.c).</summary>
    [DllImport("firmware", EntryPoint = "wn_cache_flush")]
    internal static extern void Flush();
}
