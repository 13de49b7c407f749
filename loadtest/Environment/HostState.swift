/// What on this machine can spoil a measurement, besides what a `HostReport` says.
struct HostState: Hashable, Sendable {
    var swapUsedBytes = 0
    /// As the kernel writes it, such as `always [madvise] never`.
    var transparentHugePages = ""
    /// Cores that the control group may use at a time; nil for all.
    var coreLimit: Double?

    static func current() -> HostState {
        HostState(
            swapUsedBytes: swapUsedBytes,
            transparentHugePages: SystemFile.text("/sys/kernel/mm/transparent_hugepage/enabled") ?? "",
            coreLimit: coreLimit)
    }

    private static var swapUsedBytes: Int {
        // Name, type, size, used, priority; sizes in KiB.
        let lines = (SystemFile.text("/proc/swaps") ?? "").split(separator: "\n").dropFirst()
        return lines.reduce(0) { sum, line in
            let columns = line.split { $0 == " " || $0 == "\t" }
            return sum + (columns.count > 3 ? (Int(columns[3]) ?? 0) << 10 : 0)
        }
    }

    /// The tightest limit of this process' control group and those above it.
    private static var coreLimit: Double? {
        let groups = (SystemFile.text("/proc/self/cgroup") ?? "").split(separator: "\n")
        guard var path = groups.first(where: { $0.hasPrefix("0::") })?.dropFirst(3) else { return nil }
        var limit: Double?
        while true {
            if let text = SystemFile.text("/sys/fs/cgroup\(path)/cpu.max"), let cores = cores(text) {
                limit = min(limit ?? cores, cores)
            }
            guard let end = path.lastIndex(of: "/") else { return limit }
            path = path[..<end]
        }
    }

    /// Reads quota and period, such as `150000 100000`; `max` is no limit.
    private static func cores(_ text: String) -> Double? {
        let numbers = text.split(separator: " ").compactMap { Double($0) }
        return numbers.count == 2 ? numbers[0] / numbers[1] : nil
    }
}
