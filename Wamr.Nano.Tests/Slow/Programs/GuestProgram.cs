// SPDX-License-Identifier: MIT
// Real programs: libraries of others, fetched by name, each with a driver of ours in Sources/.
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.Tests.Slow.Programs;

/// <summary>How a program is made. Its driver is Sources/NAME.c.</summary>
/// <param name="Name">Of the program and its driver.</param>
/// <param name="Package">Folder of the library's source: a source package of Debian's, or
/// "npm:name@version"; empty: the driver is all.</param>
/// <param name="Files">C files of the library: folder/first,second stands for folder/first.c and folder/second.c.</param>
/// <param name="Includes">Folders with headers.</param>
internal sealed record GuestProgram(string Name, string Package = "", string[]? Files = null, string[]? Includes = null)
{
    /// <summary>Flags of both compilers.</summary>
    public string[] Flags { get; init; } = ["-O2"];

    /// <summary>Flags for wasm alone.</summary>
    public string[] WasmFlags { get; init; } = [];

    /// <summary>
    /// Headers and files that the library's own configuration would make: from, to. They become the folder "made", which is searched first.
    /// </summary>
    public (string From, string To)[] Copies { get; init; } = [];

    /// <summary>Why the machine's own C compiler may get other results, or null.</summary>
    public string? NativeDiffers { get; init; }

    /// <summary>Whether it is run on the emulated board too: small enough to load there, and done in seconds.</summary>
    public bool OnBoard { get; init; } = true;

    public bool IsNpm => Package.StartsWith("npm:", System.StringComparison.Ordinal);

    public static IReadOnlyList<GuestProgram> All { get; } =
    [
        new("zlib", "zlib", [",adler32,compress,crc32,deflate,inffast,inflate,inftrees,trees,uncompr,zutil"], [""]),
        new("lz4", "lz4", ["lib/lz4,lz4hc"], ["lib"]),
        new("bzip2", "bzip2", [",blocksort,bzlib,compress,crctable,decompress,huffman,randtable"],
            [""]) { Flags = ["-O2", "-DBZ_NO_STDIO"] },
        new("cjson", "cjson", [",cJSON"], [""]),
        new("images", "libstb", [], [""]),
        new("fft", "kissfft", [",kiss_fft"], [""]) { Flags = ["-O2", "-Dkiss_fft_scalar=double"],
            NativeDiffers = "another library's sine" },
        new("raytrace"),
        new("pcre2", "pcre2",
            ["src/pcre2_auto_possess,pcre2_compile,pcre2_config,pcre2_context,pcre2_error,pcre2_extuni,pcre2_find_bracket,pcre2_match,"
                + "pcre2_match_data,pcre2_newline,pcre2_ord2utf,pcre2_pattern_info,pcre2_script_run,pcre2_string_utils,pcre2_study,"
                + "pcre2_substitute,pcre2_substring,pcre2_tables,pcre2_ucd,pcre2_valid_utf,pcre2_xclass", "made/pcre2_chartables"], ["src"])
        {
            Flags =
            [
                "-O2", "-DPCRE2_CODE_UNIT_WIDTH=8", "-DSUPPORT_UNICODE", "-DLINK_SIZE=2", "-DHEAP_LIMIT=20000000",
                "-DMATCH_LIMIT=100000", "-DHAVE_MEMMOVE=1",
                "-DMATCH_LIMIT_DEPTH=100000", "-DNEWLINE_DEFAULT=2", "-DMAX_NAME_SIZE=32", "-DMAX_NAME_COUNT=10000",
                "-DPARENS_NEST_LIMIT=250",
            ],
            Copies = [("src/pcre2.h.generic", "pcre2.h"), ("src/pcre2_chartables.c.dist", "pcre2_chartables.c")],
        },
        new("sqlite", "npm:better-sqlite3@12.11.1", ["deps/sqlite3/sqlite3"], ["deps/sqlite3"])
        {
            Flags =
            [
                "-Os", "-DSQLITE_OS_OTHER", "-DSQLITE_THREADSAFE=0", "-DSQLITE_OMIT_LOAD_EXTENSION", "-DSQLITE_OMIT_WAL",
                "-DSQLITE_TEMP_STORE=3",
                "-DSQLITE_OMIT_LOCALTIME", "-DSQLITE_OMIT_PROGRESS_CALLBACK", "-DSQLITE_DEFAULT_MEMSTATUS=0", "-DSQLITE_OMIT_JSON",
                "-DSQLITE_OMIT_DEPRECATED", "-DSQLITE_OMIT_UTF16", "-DSQLITE_OMIT_TRACE", "-DSQLITE_OMIT_SHARED_CACHE",
                "-DSQLITE_OMIT_AUTHORIZATION",
            ],
        },
        new("lua", "lua5.4",
            ["src/lapi,lauxlib,lbaselib,lcode,lctype,ldebug,ldo,ldump,lfunc,lgc,llex,lmathlib,lmem,lobject,lopcodes,lparser,lstate,lstring,"
                + "lstrlib,ltable,ltablib,ltm,lundump,lutf8lib,lvm,lzio"], ["src"])
        {
            // Nothing that depends on addresses or the clock.
            Flags = ["-O2", "-Dl_randomizePivot()=0u", "-Dluai_makeseed(state)=42"],
            WasmFlags = ["-D_WASI_EMULATED_SIGNAL"],
        },
        new("duktape", "duktape", ["src/duktape"], ["src"]) { Flags = ["-Os"] },
        new("expat", "expat", ["expat/lib/xmlparse,xmlrole,xmltok"], ["expat/lib"])
        {
            WasmFlags = ["-D_WASI_EMULATED_GETPID", "-lwasi-emulated-getpid"],
        },
        new("qrencode", "qrencode", [",bitstream,mask,mmask,mqrspec,qrencode,qrinput,qrspec,rsecc,split"], [""])
        {
            Flags = ["-O2", "-DSTATIC_IN_RELEASE=static", "-DMAJOR_VERSION=4", "-DMINOR_VERSION=1", "-DMICRO_VERSION=1", "-DVERSION=\"4\""],
        },
        new("crypto", "mbedtls",
            ["library/aes,bignum,chacha20,chachapoly,cipher,cipher_wrap,constant_time,ecp,ecp_curves,gcm,md5,platform_util,poly1305,"
                + "sha1,sha256,sha512"], ["include"])
        {
            Flags = ["-O2", "-DMBEDTLS_CONFIG_FILE=<crypto_config.h>"],
        },
    ];

    public static string[] DebianPackages { get; } =
        [.. All.Where(program => program.Package.Length != 0 && !program.IsNpm).Select(program => program.Package)];
}
