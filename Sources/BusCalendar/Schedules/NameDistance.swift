/// How many slips of the pen lie between two names: a letter too many, too few, wrong, or swapped with its neighbour.
/// Upper case and lower case are one.
enum NameDistance {
    /// Bytes; what is longer resembles nothing.
    private static let longest = 40

    /// The known name that was probably meant; nil if none is near.
    static func nearest(to name: String, among known: [String]) -> String? {
        guard name.utf8.count <= longest else { return nil }
        let distances = known.map { (name: $0, distance: distance(name, $0)) }
        guard let nearest = distances.min(by: { $0.distance < $1.distance }),
            nearest.distance <= max(1, nearest.name.utf8.count / 3)
        else { return nil }
        return nearest.name
    }

    private static func distance(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left.lowercased().utf8), Array(right.lowercased().utf8))
        var rows = [Array(0...right.count)]
        for (i, letter) in left.enumerated() {
            var row = [i + 1]
            for (j, other) in right.enumerated() {
                var least = min(rows[i][j] + (letter == other ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, letter == right[j - 1], left[i - 1] == other {
                    least = min(least, rows[i - 1][j - 1] + 1)
                }
                row.append(least)
            }
            rows.append(row)
        }
        return rows[left.count][right.count]
    }
}
