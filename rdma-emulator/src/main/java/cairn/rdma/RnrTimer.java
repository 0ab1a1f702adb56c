package cairn.rdma;

/**
 * The 32 codes of the "receiver not ready" timer, in hundredths of a millisecond
 * (ibv_modify_qp(3)).
 */
final class RnrTimer {

    private static final int[] HUNDREDTHS = {
        65536, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024,
        1536, 2048, 3072, 4096, 6144, 8192, 12288, 16384, 24576, 32768, 49152
    };

    private RnrTimer() {}

    static long nanos(int code) {
        return HUNDREDTHS[code] * 10_000L;
    }
}
