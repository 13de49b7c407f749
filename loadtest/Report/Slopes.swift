/// Slopes of a long run in words: `0.02 MB/min (-0.01 to 0.05)`.
enum Slopes {
    static func memory(_ soak: SoakReport) -> String {
        text(soak.memorySlope, scale: 1e6, unit: "MB/min")
    }

    static func descriptors(_ soak: SoakReport) -> String {
        text(soak.descriptorSlope, scale: 1, unit: "/min")
    }

    private static func text(_ slope: SoakReport.Slope, scale: Double, unit: String) -> String {
        let figures = [slope.perMinute, slope.low, slope.high].map { Quantity.decimal($0 / scale, places: 2) }
        return "\(figures[0]) \(unit) (\(figures[1]) to \(figures[2]), 95 %)"
    }
}
