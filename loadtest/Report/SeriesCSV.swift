/// `series.csv`: a line for each second of each run. What was not measured is empty.
struct SeriesCSV {
    private static let columns = [
        "run", "second", "intended", "published", "popped", "backlog", "p50_us", "p99_us", "max_us", "driver_cpu",
        "redis_cpu", "driver_memory_bytes", "driver_descriptors",
    ]

    /// The file's text; lines end as on Unix, numbers have a decimal point.
    let text: String

    init(_ result: TestResult) {
        var lines = [Self.columns.joined(separator: ",")]
        for run in result.runs {
            for sample in run.series { lines.append(Self.line(run: Self.field(run.label), sample)) }
        }
        text = lines.joined(separator: "\n") + "\n"
    }

    private static func line(run: String, _ sample: SecondSample) -> String {
        let counts = [sample.second, sample.intended, sample.published, sample.popped, sample.backlog].map(String.init)
        let times = [sample.p50, sample.p99, sample.max].map { $0.map { Quantity.decimal($0, places: 1) } ?? "" }
        let use = [sample.driverCPU, sample.redisCPU].map { $0.map { Quantity.decimal($0, places: 3) } ?? "" }
        let sizes = [sample.driverMemoryBytes, sample.driverDescriptors].map { $0.map(String.init) ?? "" }
        return ([run] + counts + times + use + sizes).joined(separator: ",")
    }

    /// A field in the quotes of RFC 4180 where it needs them.
    private static func field(_ text: String) -> String {
        guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
        return "\"\(text.replacing("\"", with: "\"\""))\""
    }
}
