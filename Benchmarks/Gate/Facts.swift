import Foundation
import GateRules

/// What this machine has, as far as figures depend on it.
enum Facts {
    static func read() throws -> [Fact: String] {
        let workbench = Workbench(root: ".", scratch: ".")
        return [
            .swift: try version(in: workbench.output(["swift", "--version"]), after: "Swift version "),
            .redis: try version(in: workbench.output(["redis-server", "--version"]), after: "v="),
            .hiredis: try hiredis(),
            .libc: try version(in: workbench.output(["getconf", "GNU_LIBC_VERSION"]), after: "glibc "),
            .valgrind: try version(in: workbench.output(["valgrind", "--version"]), after: "valgrind-"),
            .processor: try processor(),
        ]
    }

    private static func version(in text: String, after prefix: String) throws -> String {
        guard let start = text.range(of: prefix)?.upperBound else { throw GateError("no version in: \(text)") }
        return String(text[start...].prefix { $0.isNumber || $0 == "." })
    }

    private static func hiredis() throws -> String {
        let header = try String(contentsOfFile: "/usr/include/hiredis/hiredis.h", encoding: .utf8)
        return try ["MAJOR", "MINOR", "PATCH"].map {
            try version(in: header, after: "#define HIREDIS_\($0) ")
        }.joined(separator: ".")
    }

    private static func processor() throws -> String {
        #if arch(x86_64)
            let flags = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
            return flags.contains(" avx2 ") ? "x86_64 with AVX2" : "x86_64 without AVX2"
        #else
            return "arm64"
        #endif
    }
}
