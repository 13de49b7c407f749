/// When a driver has warmed up: its median stays within a tenth for three seconds.
enum WarmUp {
    /// Seconds after which it is over in any case.
    static let longest = 10.0
    private static let window = 3

    /// - Parameter medians: of each whole second so far, nil where nothing came.
    static func isSteady(_ medians: [Double?]) -> Bool {
        let last = medians.suffix(window).compactMap { $0 }
        guard last.count == window, let lowest = last.min(), let highest = last.max() else { return false }
        return highest <= lowest * 1.1
    }
}
