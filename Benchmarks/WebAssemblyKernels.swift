internal import Foundation

/// Small programs in C, compiled to wasm for the interpreters to run.
enum WebAssemblyKernels {
    /// Name and argument, chosen so that each takes a fraction of a second.
    static let all: [(name: String, argument: UInt64)] = [
        ("fib", 30), ("loop", 20_000_000), ("sieve", 4), ("sha256", 8_000),
        ("muldiv", 5_000_000), ("copy", 1_000), ("brtable", 5_000_000), ("indirect", 5_000_000),
    ]

    /// The module with all of them, compiled by the toolchain's own clang into `file`.
    ///
    /// With a `kernel`, its only export is `run`, without parameters: nothing else can be started
    /// from the command line of `wasm-interp`.
    static func compile(
        _ kernel: (name: String, argument: UInt64)? = nil, to file: URL
    ) async throws {
        let clang = try Tool.find("clang")
        let text = file.appendingPathExtension("c")
        try Data(source.utf8).write(to: text)
        let definitions = kernel.map { ["-DKERNEL=\($0.name)", "-DARGUMENT=\($0.argument)"] } ?? []
        _ = try await Tool.output(
            of: clang,
            definitions + [
                "--target=wasm32-unknown-unknown", "-O2", "-nostdlib", "-mbulk-memory",
                "-mno-multivalue", "-mno-reference-types", "-fno-builtin", "-fno-unroll-loops",
                "-Wl,--no-entry", "-Wl,--export-memory", "-Wl,-z,stack-size=65536",
                "-Wl,--compress-relocations", "-Wl,--strip-all", "--no-wasm-opt", "-o", file.path,
                text.path,
            ])
    }

    /// Recursion; 64-bit arithmetic; bytes in memory; 32-bit logic; division; words in memory; a
    /// switch; a call through a table.
    private static let source = #"""
        typedef unsigned char u8;
        typedef unsigned int u32;
        typedef unsigned long long u64;
        #ifdef KERNEL
        #define EXPORT(n) __attribute__((noinline))
        #else
        #define EXPORT(n) __attribute__((export_name(#n)))
        #endif
        static u8 arena[1 << 20];
        EXPORT(fib) u32 fib(u32 n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
        EXPORT(loop) u64 loop(u64 n) {
          u64 x = 1, y = 7;
          for (u64 i = 0; i < n; i++) {
            x = x * 6364136223846793005ULL + 1442695040888963407ULL;
            y ^= x + i;
          }
          return y;
        }
        EXPORT(sieve) u32 sieve(u32 rounds) {
          u32 count = 0;
          const u32 N = 1000000;
          while (rounds--) {
            for (u32 i = 0; i < N; i++) arena[i] = 1;
            count = 0;
            for (u32 i = 2; i < N; i++)
              if (arena[i]) {
                count++;
                for (u32 j = i + i; j < N; j += i) arena[j] = 0;
              }
          }
          return count;
        }
        #define R(x, n) (((x) >> (n)) | ((x) << (32 - (n))))
        static u32 K[64];
        static void block(u32 *h, const u8 *p) {
          u32 w[64];
          for (int i = 0; i < 16; i++)
            w[i] = (u32)p[4 * i] << 24 | p[4 * i + 1] << 16 | p[4 * i + 2] << 8 | p[4 * i + 3];
          for (int i = 16; i < 64; i++) {
            u32 s = R(w[i - 15], 7) ^ R(w[i - 15], 18) ^ (w[i - 15] >> 3);
            u32 t = R(w[i - 2], 17) ^ R(w[i - 2], 19) ^ (w[i - 2] >> 10);
            w[i] = w[i - 16] + s + w[i - 7] + t;
          }
          u32 a = h[0], b = h[1], c = h[2], d = h[3], e = h[4], f = h[5], g = h[6], k = h[7];
          for (int i = 0; i < 64; i++) {
            u32 s = k + (R(e, 6) ^ R(e, 11) ^ R(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i];
            u32 t = (R(a, 2) ^ R(a, 13) ^ R(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
            k = g; g = f; f = e; e = d + s; d = c; c = b; b = a; a = s + t;
          }
          h[0] += a; h[1] += b; h[2] += c; h[3] += d; h[4] += e; h[5] += f; h[6] += g; h[7] += k;
        }
        EXPORT(sha256) u32 sha256(u32 blocks) {
          u32 h[8] = {1, 2, 3, 4, 5, 6, 7, 8};
          for (u32 i = 0; i < 64; i++) K[i] = i * 0x9E3779B1u;
          for (u32 i = 0; i < blocks; i++) block(h, arena + (i & 1023) * 64);
          return h[0];
        }
        EXPORT(muldiv) u64 muldiv(u64 n) {
          u64 acc = 0;
          for (u64 i = 1; i <= n; i++) {
            u64 a = i * 0x9E3779B97F4A7C15ULL, d = (a >> 40) | 1;
            acc += a / d;
            acc ^= (a % d) * i;
          }
          return acc;
        }
        EXPORT(copy) u32 copy(u32 rounds) {
          u32 s = 0;
          for (u32 i = 0; i < 65536; i++) arena[i] = i;
          while (rounds--) {
            for (u32 i = 0; i < 65536; i += 8)
              *(u64 *)(arena + 524288 + i) = *(u64 *)(arena + i);
            s += arena[524288 + (rounds & 65535)];
          }
          return s;
        }
        EXPORT(brtable) u32 brtable(u32 n) {
          u32 x = 12345, acc = 0;
          for (u32 i = 0; i < n; i++) {
            x = x * 1664525 + 1013904223;
            switch ((x >> 24) & 15) {
              case 0: acc += x; break;
              case 1: acc ^= x; break;
              case 2: acc -= i; break;
              case 3: acc = acc * 3 + 1; break;
              case 4: acc += acc >> 3; break;
              case 5: acc ^= acc << 5; break;
              case 6: acc += 7; break;
              case 7: acc -= x >> 2; break;
              case 8: acc |= 1; break;
              case 9: acc += i * 5; break;
              case 10: acc ^= i; break;
              case 11: acc = ~acc; break;
              case 12: acc += x * x; break;
              case 13: acc -= 3; break;
              case 14: acc ^= 0x5555; break;
              default: acc += 9;
            }
          }
          return acc;
        }
        typedef u32 (*fn)(u32);
        static u32 f0(u32 x) { return x + 1; }
        static u32 f1(u32 x) { return x * 3; }
        static u32 f2(u32 x) { return x ^ 0x55; }
        static u32 f3(u32 x) { return x - 7; }
        static fn table[4] = {f0, f1, f2, f3};
        EXPORT(indirect) u32 indirect(u32 n) {
          u32 x = 1;
          for (u32 i = 0; i < n; i++) x = table[(x ^ i) & 3](x);
          return x;
        }
        #ifdef KERNEL
        static volatile u32 argument = ARGUMENT;
        __attribute__((export_name("run"))) u32 run(void) { return (u32)KERNEL(argument); }
        #endif
        """#
}
