extension RandomAccessCollection where Index == Int {
    /// Where the elements end of which `isBefore` is true: all of them stand before all others.
    func partitionPoint(where isBefore: (Element) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = low + (high - low) / 2
            if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
