extension CivilTime {
    /// Ruby's `Time#to_s` of a time in UTC: `2026-11-21 05:37:31 +0000`
    package var rubyText: String {
        "\(year.padded(4))-\(month.padded(2))-\(day.padded(2)) \(hour.padded(2)):\(minute.padded(2)):\(second.padded(2)) +0000"
    }

    /// ISO 8601 of a time in UTC, to the second, as Ruby's `Time#iso8601` writes it: `2026-11-21T05:37:31Z`
    package var isoText: String {
        "\(year.padded(4))-\(month.padded(2))-\(day.padded(2))T\(hour.padded(2)):\(minute.padded(2)):\(second.padded(2))Z"
    }
}
