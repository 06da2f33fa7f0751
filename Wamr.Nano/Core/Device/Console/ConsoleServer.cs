// SPDX-License-Identifier: MIT
// The device's end of the console: reads frames from the line, executes each request once, and answers (docs/CONSOLE.md).
using Wamr.Nano.Core.Device.Flash;
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.Platform;

namespace Wamr.Nano.Core.Device.Console;

internal enum ConsoleCommand : byte
{
    Hello = 1,
    Slot = 2,
    Begin = 3,
    Data = 4,
    Commit = 5,
    Remove = 6,
    RemoveSlot = 7,
    Activate = 8,
    Run = 9,
    Stop = 10,
    Status = 11,
}

/// <summary>
/// The state of a console, about 750 bytes, in memory of the firmware. The firmware sets it to zero, and then sets the fields of the first
/// part. <see cref="Poll"/> may be called from anywhere, even from platform hooks, because it runs no app.
/// </summary>
internal unsafe struct ConsoleServer
{
    internal const int NoSlot = -1;

    /// <summary>The result of <see cref="Read"/> if the line is closed for ever.</summary>
    internal const uint Closed = 0xFFFFFFFF;

    internal void* Context;

    /// <summary>Reads bytes that have arrived, up to the given number; 0 if there are none. It does not wait.</summary>
    internal delegate*<void*, byte*, uint, uint> Read;

    /// <summary>Sends bytes, and waits if necessary.</summary>
    internal delegate*<void*, byte*, uint, void> Write;

    /// <summary>The app region; null if the board has none.</summary>
    internal FlashDevice* Flash;
    internal Allocator* Pool;

    /// <summary>The board's name, at most 100 bytes.</summary>
    internal byte* Board;
    internal uint BoardLength;

    /// <summary>The state and the task of the app server.</summary>
    internal AppState App;

    internal SlotWrite Install;

    /// <summary>The number of requests so far, including repeated ones.</summary>
    internal uint Requests;

    /// <summary>The CRC of the last request, and its answer; 0 bytes for none.</summary>
    internal uint LastRequest;
    internal uint AnswerBytes;

    /// <summary>The number of bytes since the last zero. If it exceeds the buffer, they are not a frame.</summary>
    internal uint InBytes;
    internal fixed byte In[(int)ConsoleFrame.MaxCode + 1];
    internal fixed byte Answer[(int)ConsoleFrame.MaxBody + 2];

    /// <summary>
    /// Handles bytes that have arrived, up to one request, so that a client that sends many requests does not block the device.
    /// </summary>
    /// <returns>False when the line is closed.</returns>
    internal static bool Poll(ConsoleServer* server)
    {
        const uint chunkBytes = 64;
        byte* chunk = stackalloc byte[(int)chunkBytes];
        for (uint before = server->Requests; server->Requests == before;)
        {
            uint size = server->Read(server->Context, chunk, chunkBytes);
            if (size == Closed) return false;
            for (uint i = 0; i < size; i++) Take(server, chunk[i]);
            if (size == 0) return true;
        }
        return true;
    }

    /// <summary>Sends text of an app. It leaves out zeros, because they would delimit a frame.</summary>
    internal static void Text(delegate*<void*, byte*, uint, void> write, void* context, byte* text, uint size)
    {
        for (uint at = 0, end; at < size; at = end + 1)
        {
            for (end = at; end < size && text[end] != 0;) end++;
            if (end != at) write(context, text + at, end - at);
        }
    }

    private static void Take(ConsoleServer* server, byte b)
    {
        if (b != 0)
        {
            if (server->InBytes <= ConsoleFrame.MaxCode) server->In[server->InBytes++] = b;
            return;
        }
        uint body = ConsoleFrame.Decode(server->In, server->InBytes);
        server->InBytes = 0;
        if (body != 0 && (server->In[0] & ConsoleFrame.AnswerBit) == 0) Handle(server, body);
    }

    private static void Handle(ConsoleServer* server, uint size)
    {
        uint request = Raw.Load32(server->In + size);
        server->Requests++;
        if (server->AnswerBytes == 0 || request != server->LastRequest)
        {
            server->LastRequest = request;
            server->Answer[0] = (byte)(server->In[0] | ConsoleFrame.AnswerBit);
            server->Answer[1] = server->In[1];
            ConsoleContent content = default;
            content.In = server->In + ConsoleFrame.HeaderBytes;
            content.InBytes = size - ConsoleFrame.HeaderBytes;
            content.Out = server->Answer + ConsoleFrame.HeaderBytes + sizeof(ushort);
            WasmError error = ConsoleRequests.Execute(server, (ConsoleCommand)server->In[0], &content);
            Raw.Store16(server->Answer + ConsoleFrame.HeaderBytes, (ushort)error);
            server->AnswerBytes = ConsoleFrame.HeaderBytes + sizeof(ushort) + (error == WasmError.None ? content.OutBytes : 0);
        }
        byte* wire = stackalloc byte[(int)ConsoleFrame.MaxWire];
        server->Write(server->Context, wire, ConsoleFrame.Encode(server->Answer, server->AnswerBytes, wire));
    }
}
