import Glibc

/// When a process replaces itself by a fresh one, against what leaks in handlers.
struct RestartLimits: Equatable {
    var jobs: Int?
    var megabytes: Int?

    /// Whether there is anything to look at.
    var isActive: Bool { jobs != nil || megabytes != nil }

    /// Why it is time to restart; nil if it is not.
    ///
    /// - Parameters:
    ///   - processed: jobs so far.
    ///   - residentBytes: what the process occupies; nil if the system does not say.
    func reason(processed: Int, residentBytes: Int?) -> String? {
        if let jobs, processed >= jobs { return "\(processed) jobs were done" }
        if let megabytes, let residentBytes, residentBytes / 1_000_000 >= megabytes {
            return "\(residentBytes / 1_000_000) MB of memory are in use"
        }
        return nil
    }

    /// A limit that holds before the first job would restart the process for ever.
    ///
    /// - Throws: ``BusError`` with code `configuration`.
    func checkStart(residentBytes: Int?) throws(BusError) {
        guard let megabytes, let residentBytes, residentBytes / 1_000_000 >= megabytes else { return }
        throw BusError(
            .configuration,
            "restartAboveMegabytes is \(megabytes), and the process has \(residentBytes / 1_000_000) MB before its first job; "
                + "give more.")
    }

    /// The memory that this process occupies: the second number of `/proc/self/statm`, which counts pages.
    static func residentBytes() -> Int? {
        guard let file = fopen("/proc/self/statm", "re") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        guard fgets(&line, Int32(line.count), file) != nil else { return nil }
        let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        let numbers = text.split(separator: " ")
        guard numbers.count > 1, let pages = Int(numbers[1]) else { return nil }
        let (bytes, overflows) = pages.multipliedReportingOverflow(by: sysconf(Int32(_SC_PAGESIZE)))
        return overflows ? nil : bytes
    }
}
