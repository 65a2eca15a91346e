import Database
import Testing

@testable import TraqoraServer

@Suite struct MigrationTests {
    /// A database in which one ran refuses to go on with another text: add a migration instead.
    @Test func `migrations that ran somewhere are as they were`() {
        let sums = Migrations.all.map { "\($0.number) \($0.checksum)" }
        #expect(
            sums == [
                "1 934e53dd6dcee794", "2 4ff514d909e233bf", "3 4e1683554fe2e70e",
                "4 69dd3a8a263d58c7", "5 4d0a847d3d706d0d", "6 da84d1ffd785ae99",
                "7 e84471fcb830ab8e", "8 ab1c69e33703702e", "9 f243e0b20f2eaf2a",
                "10 1a4deeacb3edf61b", "11 1531bc9672927f21", "12 d5f901002dcbec6c",
                "13 ac9c81551fc74663",
                "14 4bf27eb8236d1418", "15 97e90f45706b4407",
                "16 4d278204885f1b11", "17 2773946b4f81b410", "18 56b057182df8f1fa",
                "19 cbeb86cd2d3d697f", "20 5dc3a4dfdb9c727d",
                "21 2574e062a7e6aba6", "22 9b98a94a49c85d41",
                "23 030d509dfd4ea972", "24 ec560e12f6339be6",
                "25 1fd7979fac7a8235", "26 c6670ac178c42870",
                "27 b113f63d738b7b1a",
            ])
    }
}
