// SPDX-License-Identifier: MIT
// The line to a device: a serial port, a pseudo terminal, a TCP port of an emulator, or a program whose input and output are the line.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using Wamr.Nano.Tool.Build;

namespace Wamr.Nano.Tool.Devices;

internal static class DevicePort
{
    private const string Tcp = "tcp:", Program = "exec:";

    /// <summary>Opens a port.</summary>
    /// <param name="name">
    /// Empty for the only serial port there is; <c>tcp:host:port</c>; <c>exec:program arguments</c>; a device file.
    /// </param>
    /// <param name="baud">Bits per second of the serial port.</param>
    /// <exception cref="DeviceException">The port does not exist, is in use, or is not a serial port.</exception>
    internal static Stream Open(string? name, int baud)
    {
        if (string.IsNullOrEmpty(name)) name = TheOnly();
        try
        {
            if (name.StartsWith(Tcp, StringComparison.Ordinal)) return OpenTcp(name[Tcp.Length..]);
            if (name.StartsWith(Program, StringComparison.Ordinal))
                return Start(name[Program.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries), null);
            return OpenSerial(name, baud);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or SocketException)
        {
            throw new DeviceException(DeviceError.WrongPort,
                $"port {name} cannot be opened ({(e is SocketException ? e.Message : "there is no such file")})");
        }
        catch (Exception e) when (e is UnauthorizedAccessException)
        {
            throw new DeviceException(DeviceError.WrongPort,
                $"you may not use port {name} (join its group: 'sudo usermod -aG dialout $USER')");
        }
        catch (IOException e) when (e is not DeviceException)
        {
            throw new DeviceException(DeviceError.PortBusy, $"port {name} is in use ({e.Message})");
        }
    }

    /// <summary>Starts a program whose standard input and output are the line. It ends with the stream.</summary>
    /// <param name="words">Program and arguments.</param>
    /// <param name="held">Disposed with the stream.</param>
    /// <param name="environment">More environment variables.</param>
    internal static Stream Start(IReadOnlyList<string> words, IDisposable? held,
        params ReadOnlySpan<(string Name, string Value)> environment)
    {
        if (words.Count == 0) throw new DeviceException(DeviceError.WrongPort, "no program is named: write exec:program arguments");
        if (ExternalProgram.Locate(words[0]) == null && !File.Exists(words[0]))
            throw new FileNotFoundException($"there is no program {words[0]}");
        ProcessStartInfo start = new(words[0], words.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new ProgramStream(ChildProcess.Start(start), held);
    }

    /// <summary>Serial ports of this machine.</summary>
    internal static IReadOnlyList<string> All()
    {
        const string folder = "/dev";
        string[] patterns = OperatingSystem.IsMacOS() ? ["cu.usb*"] : ["ttyUSB*", "ttyACM*"];
        return OperatingSystem.IsWindows() ? []
            : [.. patterns.SelectMany(pattern => Directory.EnumerateFiles(folder, pattern)).Order(StringComparer.Ordinal)];
    }

    /// <exception cref="DeviceException">There is no port, or more than one.</exception>
    internal static string TheOnly()
    {
        IReadOnlyList<string> ports = All();
        if (ports.Count == 1) return ports[0];
        string cause = ports.Count == 0 ? "no serial port found" : $"more than one serial port: {string.Join(", ", ports)}";
        throw new DeviceException(DeviceError.NoPort, cause);
    }

    private static NetworkStream OpenTcp(string address)
    {
        int colon = address.LastIndexOf(':');
        if (colon < 0 || !int.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            || port is 0 or > ushort.MaxValue)
            throw new DeviceException(DeviceError.WrongPort, $"'{address}' is not an address: write tcp:host:port");
        TcpClient client = new(address[..colon], port) { NoDelay = true };
        return client.GetStream();
    }

    /// <summary>
    /// No system call sets up a port everywhere; a small program of each system does. Sharing none keeps a second wnano out.
    /// </summary>
    private static FileStream OpenSerial(string name, int baud)
    {
        string speed = baud.ToString(CultureInfo.InvariantCulture);
        if (OperatingSystem.IsWindows())
        {
            if (File.Exists(@"\\.\" + name))
                ExternalProgram.Run("mode", [name + ":", $"baud={speed}", "parity=n", "data=8", "stop=1", "to=off"]);
            return Stream(@"\\.\" + name);
        }
        FileStream stream = Stream(name);
        try
        {
            ExternalProgram.Run("stty", [OperatingSystem.IsMacOS() ? "-f" : "-F", name, speed, "raw", "-echo", "clocal", "-hupcl"]);
            return stream;
        }
        catch (ProgramFailedException e)
        {
            stream.Dispose();
            throw new DeviceException(DeviceError.WrongPort,
                $"{name} is not a serial port, or does not support {speed} bits per second ({e.Message.Split('\n')[^1]})");
        }

        static FileStream Stream(string name) => new(name, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
    }

    private sealed class ProgramStream(ChildProcess child, IDisposable? held) : DuplexStream
    {
        private readonly Process _process = child.Process;

        public override int Read(byte[] buffer, int offset, int count) => _process.StandardOutput.BaseStream.Read(buffer, offset, count);

        public override void Write(byte[] buffer, int offset, int count)
        {
            _process.StandardInput.BaseStream.Write(buffer, offset, count);
            _process.StandardInput.BaseStream.Flush();
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                const int patience = 2000;
                HangUp();
                if (!_process.WaitForExit(held == null ? patience : 0)) _process.Kill(); // a board is switched off
                _process.WaitForExit();
                child.Dispose();
                held?.Dispose();
            }
            base.Dispose(disposing);
        }

        /// <summary>A program that ended of its own took its input with it.</summary>
        private void HangUp()
        {
            try
            {
                _process.StandardInput.Close();
            }
            catch (IOException)
            {
            }
        }
    }
}
