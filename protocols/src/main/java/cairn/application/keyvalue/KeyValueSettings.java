package cairn.application.keyvalue;

/**
 * What the key-value service holds and what its clients ask.
 *
 * @param keys how many keys; 512 fill a page of memory
 * @param getShare the share of requests that read a value, 0 to 1
 * @param compareShare the share of requests that compare and set, 0 to 1; the rest write
 * @param hotShare the share of requests that fall on the hot keys, 0 to 1: it makes some pages
 *     dirty far more often than others
 * @param hotKeys how many keys, from the first, are hot
 */
public record KeyValueSettings(
        int keys, double getShare, double compareShare, double hotShare, int hotKeys) {

    /**
     * 8,192 keys on sixteen pages, half of the requests read, a tenth compares; four fifths fall on
     * 64 keys.
     */
    public static final KeyValueSettings DEFAULT = new KeyValueSettings(8_192, 0.5, 0.1, 0.8, 64);

    public KeyValueSettings {
        if (keys < 1) {
            throw new IllegalArgumentException("there is a key or more: " + keys);
        }
        if (!(getShare >= 0) || !(compareShare >= 0) || !(getShare + compareShare <= 1)) {
            throw new IllegalArgumentException(
                    "shares lie in [0, 1], and their sum too: " + getShare + ", " + compareShare);
        }
        if (!(hotShare >= 0 && hotShare <= 1)) {
            throw new IllegalArgumentException("a share lies in [0, 1]: " + hotShare);
        }
        if (hotKeys < 1 || hotKeys > keys) {
            throw new IllegalArgumentException("hot keys are 1 to " + keys + ": " + hotKeys);
        }
    }
}
