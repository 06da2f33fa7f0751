// SPDX-License-Identifier: MIT
// Firmware that was built with its owner's key runs what the owner signed, and nothing else.
using System;
using System.IO;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Xip;
using Wamr.Nano.Tool;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Emulate;
using Wamr.Nano.Tool.Signing;
using Wamr.Nano.Xip;
using Wamr.Nano.Xip.Image;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Boards;

[Trait("Category", "Boards")]
public sealed class SignatureTests : IDisposable
{
    private const string Owner = "owner", Other = "other", Refused = "7014";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wnano-sign");

    public SignatureTests()
    {
        foreach (string name in new[] { Owner, Other }) OwnerKey.Create(Path.Combine(_folder.FullName, name));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Named(string name) => Path.Combine(_folder.FullName, name);

    private byte[] Signed(byte[] image, string by, uint version = 1) =>
        SignedImage.Sign(image, version, message => OwnerKey.Sign(new(Named(by + OwnerKey.PrivateExtension)), message));

    private BoardResult Run(string board, string profile, byte[] app) => BoardKit.Run(
        board,
        BoardKit.Function("bench/kernels/fib.wasm", "run", 10) with { ModuleFile = BoardKit.FileOf(app), Mode = PlanMode.RunAndCount },
        new() { Profile = profile, OwnerKey = OwnerKey.ReadPublic(new(Named(Owner + OwnerKey.PublicExtension))) },
        count: true).Result;

    private static byte[] Fib(string board) => ImageCompiler.Compile(
        File.ReadAllBytes(Repository.PathOf("bench/kernels/fib.wasm")),
        new() { Target = BoardKit.TargetOf(BoardKit.Tree.Board(board))!, Jobs = 1 });

    [BoardTheory]
    [InlineData("mps2-an386")]
    [InlineData("riscv32")]
    public void Only_what_the_owner_signed_runs(string board)
    {
        if (!BoardKit.IsUsable(board)) return;
        byte[] image = Fib(board), signed = Signed(image, Owner);
        BoardResult result = Run(board, "xip", signed);
        Assert.Equal("0x37:i32", result.Report("result"));
        // Checked when it is loaded: 100 ms at 168 MHz.
        Assert.InRange(result.Figure("load", "instructions") ?? 0, 100_000u, 16_800_000u);
        Assert.Equal(Refused, Run(board, "xip", image).Report("error"));
        Assert.Equal(Refused, Run(board, "xip", Signed(image, Other)).Report("error"));
    }

    [BoardFact]
    public void Bytecode_is_signed_too_and_binaries_cannot_be()
    {
        const string board = "mps2-an386";
        if (!BoardKit.IsUsable(board)) return;
        byte[] wasm = File.ReadAllBytes(Repository.PathOf("bench/kernels/fib.wasm"));
        byte[] bytecode = ImageCompiler.CompileBytecode(wasm, new(), 4);
        foreach (string profile in new[] { "full", "bytecode" })
        {
            Assert.Equal("0x37:i32", Run(board, profile, Signed(bytecode, Owner)).Report("result"));
            Assert.Equal(Refused, Run(board, profile, bytecode).Report("error"));
        }
        Assert.Equal(Refused, Run(board, "full", wasm).Report("error"));
    }

    [BoardFact]
    public void Every_changed_byte_of_a_signed_image_is_found()
    {
        byte[] signed = Signed(Fib("mps2-an386"), Owner), key = OwnerKey.ReadPublic(new(Named(Owner + OwnerKey.PublicExtension)));
        Assert.Equal(1u, SignedImage.Verify(signed, key));
        for (int at = (int)ImageHeader.BytesBeforeSize; at < signed.Length; at++)
        {
            byte[] changed = [.. signed];
            changed[at] ^= 1;
            ImageWriter.Seal(changed);
            uint? version = null;
            try
            {
                version = SignedImage.Verify(changed, key);
            }
            catch (Exception e) when (e is WasmException or UsageException)
            {
                // The header was changed so much that it is none.
            }
            Assert.True(version == null, $"byte {at} may be changed");
        }
    }

    [Fact]
    public void Commands_make_keys_sign_and_verify()
    {
        string image = Named("app.xip"), secret = Named("own.key"), open = Named("own.pub");
        File.WriteAllBytes(image, ImageKit.Bytecode(File.ReadAllBytes(Repository.PathOf("bench/kernels/fib.wasm"))));
        Assert.Equal(0, Wnano.Run("keygen", Named("own")).ExitCode);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(secret));
        Assert.Matches("WN8001 .*own.key' exists already", Wnano.Run("keygen", Named("own")).Error);
        ProcessResult unsigned = Wnano.Run("verify", image, "--key", open);
        Assert.Equal(1, unsigned.ExitCode);
        Assert.StartsWith("WN7014 ", unsigned.Error, StringComparison.Ordinal);
        string answer = Wnano.Run("sign", image, "--key", secret, "--app-version", "7").Output;
        Assert.EndsWith(" B, version 7, signed\n", answer, StringComparison.Ordinal);
        byte[] once = File.ReadAllBytes(image);
        Assert.EndsWith(": version 7, signed by the owner\n", Wnano.Run("verify", image, "--key", open).Output, StringComparison.Ordinal);
        Assert.Equal(0, Wnano.Run("sign", image, "--key", secret, "--app-version", "7").ExitCode);
        Assert.Equal(once, File.ReadAllBytes(image));
        Assert.Equal(1, Wnano.Run("verify", image, "--key", Named(Other + OwnerKey.PublicExtension)).ExitCode);
        Assert.Matches("holds no private Ed25519 key", Wnano.Run("sign", image, "--key", open).Error);
        Assert.Matches("only images are signed", Wnano.Run("sign", Repository.PathOf("bench/kernels/fib.wasm"), "--key", secret).Error);
        Assert.Matches("carry no signature", Wnano.Run("build", "--board", "mps2-an386", "--profile", "interp", "--key", open).Error);
    }

    [Fact]
    public void Sizes_of_the_check_stay_within_six_kilobytes()
    {
        const string board = "mps2-an386";
        if (!BoardKit.IsUsable(board)) return;
        byte[] key = OwnerKey.ReadPublic(new(Named(Owner + OwnerKey.PublicExtension)));
        uint[] flash = [.. new byte[]?[] { null, key }.Select(owner => Wamr.Nano.Tool.Measure.FirmwareSections.Of(FirmwareLink.Link(
            new(BoardKit.Tree, BoardKit.Tree.Board(board), new() { Profile = "xip", OwnerKey = owner }),
            new() { ModuleFile = BoardKit.Tree.EmptyModule })).Flash)];
        Assert.InRange(flash[1] - flash[0], 1000u, 6u * 1024);
    }
}
