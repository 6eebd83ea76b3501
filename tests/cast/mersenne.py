"""MT19937 written from its reference description, to prove that a draw can be repeated without our generator."""

N, M = 624, 397
LOW, UPPER, LOWER = 0xFFFFFFFF, 0x80000000, 0x7FFFFFFF


class Mersenne:
    """Seeded by `init_by_array` with the 32-bit words of a whole number, least significant word first."""

    def __init__(self, seed: int) -> None:
        words = [(seed >> shift) & LOW for shift in range(0, max(seed.bit_length(), 1), 32)]
        self.state = [19650218]
        for i in range(1, N):
            previous = self.state[i - 1]
            self.state.append((1812433253 * (previous ^ (previous >> 30)) + i) & LOW)
        self._mix(words)
        self.place = N

    def _mix(self, words: list[int]) -> None:
        state, i, j = self.state, 1, 0
        for _ in range(max(N, len(words))):
            state[i] = ((state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30)) * 1664525)) + words[j] + j) & LOW
            i, j = i + 1, (j + 1) % len(words)
            if i == N:
                state[0], i = state[N - 1], 1
        for _ in range(N - 1):
            state[i] = ((state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30)) * 1566083941)) - i) & LOW
            i += 1
            if i == N:
                state[0], i = state[N - 1], 1
        state[0] = 0x80000000

    def _word(self) -> int:
        if self.place == N:
            for k in range(N):
                y = (self.state[k] & UPPER) | (self.state[(k + 1) % N] & LOWER)
                self.state[k] = self.state[(k + M) % N] ^ (y >> 1) ^ (0x9908B0DF if y & 1 else 0)
            self.place = 0
        y = self.state[self.place]
        self.place += 1
        y ^= y >> 11
        y ^= (y << 7) & 0x9D2C5680
        y ^= (y << 15) & 0xEFC60000
        return y ^ (y >> 18)

    def random(self) -> float:
        a, b = self._word() >> 5, self._word() >> 6
        return (a * 67108864 + b) / 9007199254740992
