import Foundation

extension HostReport {
    /// This machine as it is now.
    static func current() -> HostReport {
        HostReport(
            cpu: processorName, cores: ProcessInfo.processInfo.activeProcessorCount, kernel: kernel,
            memoryBytes: Int(ProcessInfo.processInfo.physicalMemory),
            governor: SystemFile.text("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"), loadAverage: loadAverage
        )
    }

    private static var processorName: String {
        let lines = (SystemFile.text("/proc/cpuinfo") ?? "").split(separator: "\n")
        let name = lines.first { $0.hasPrefix("model name") }?.split(separator: ":").last
        return name.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown"
    }

    private static var kernel: String {
        let name = SystemFile.text("/proc/sys/kernel/ostype") ?? "unknown"
        return [name, SystemFile.text("/proc/sys/kernel/osrelease")].compactMap(\.self).joined(separator: " ")
    }

    private static var loadAverage: Double {
        var averages = [0.0]
        return getloadavg(&averages, 1) == 1 ? averages[0] : 0
    }
}
