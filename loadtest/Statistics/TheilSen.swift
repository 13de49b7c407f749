/// The slope of a line through points that outliers hardly move: the median of the slopes of all pairs of points (Theil
/// 1950), with an interval from Kendall's rank statistic (Sen 1968).
struct TheilSen: Sendable {
    /// Per unit of x.
    let slope: Double
    /// Of the slope. It takes the points' errors for independent; where one point follows from the last, it is too
    /// narrow.
    let interval: Interval

    /// With fewer points the interval would not exist.
    static let fewestPoints = 5
    /// Of more points than this, so many at equal distances stand for all: the work grows with the square.
    static let mostPoints = 1_000

    /// - Returns: nil for fewer than five points, or if all have one x.
    init?(_ points: [(x: Double, y: Double)]) {
        let points = Self.thinned(points)
        guard points.count >= Self.fewestPoints else { return nil }
        var slopes: [Double] = []
        slopes.reserveCapacity(points.count * (points.count - 1) / 2)
        for (index, first) in points.enumerated() {
            for second in points[(index + 1)...] where second.x != first.x {
                slopes.append((second.y - first.y) / (second.x - first.x))
            }
        }
        guard !slopes.isEmpty else { return nil }
        slopes.sort()
        slope = Median.of(sorted: slopes)

        let reach = StandardNormal.quantile(0.975) * Self.rankVariance(points.map(\.y)).squareRoot()
        let count = Double(slopes.count)
        let low = Int(((count - reach) / 2).rounded(.down)) - 1
        let high = Int(((count + reach) / 2).rounded(.up))
        interval = Interval(low: slopes[max(0, low)], high: slopes[min(slopes.count - 1, high)])
    }

    private static func thinned(_ points: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
        guard points.count > mostPoints else { return points }
        return (0..<mostPoints).map { points[$0 * (points.count - 1) / (mostPoints - 1)] }
    }

    /// The variance of the number of rising less falling pairs, if there is no trend; equal values lower it.
    private static func rankVariance(_ values: [Double]) -> Double {
        func term(_ count: Int) -> Double { Double(count * (count - 1) * (2 * count + 5)) }
        let ties = Dictionary(grouping: values, by: \.self).values
        return (term(values.count) - ties.reduce(0) { $0 + term($1.count) }) / 18
    }
}
