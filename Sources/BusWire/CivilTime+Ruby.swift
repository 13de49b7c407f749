extension CivilTime {
    /// Ruby's `Time#to_s` of a time in UTC: `2026-11-21 05:37:31 +0000`
    public var rubyText: String {
        "\(year.padded(4))-\(month.padded(2))-\(day.padded(2)) \(hour.padded(2)):\(minute.padded(2)):\(second.padded(2)) +0000"
    }
}
