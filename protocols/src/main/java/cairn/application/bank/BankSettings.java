package cairn.application.bank;

/**
 * What the bank holds and what its clients ask.
 *
 * @param accounts how many accounts; 512 fill a page of memory
 * @param initialBalance what each account holds at first, in the bank's one currency
 * @param readShare the share of requests that read one balance, 0 to 1
 * @param auditShare the share of requests that sum all balances, 0 to 1; the rest are transfers
 * @param hotShare the share of account picks that fall on the hot accounts, 0 to 1: it makes some
 *     pages dirty far more often than others
 * @param hotAccounts how many accounts, from the first, are hot
 */
public record BankSettings(
        int accounts,
        long initialBalance,
        double readShare,
        double auditShare,
        double hotShare,
        int hotAccounts) {

    /**
     * 2,048 accounts of 1,000 on four pages, a fifth reads, one audit in a hundred, no hot spot.
     */
    public static final BankSettings DEFAULT = new BankSettings(2_048, 1_000, 0.2, 0.01, 0, 1);

    public BankSettings {
        if (accounts < 2) {
            throw new IllegalArgumentException("transfers need two accounts or more: " + accounts);
        }
        if (initialBalance < 0 || initialBalance > Long.MAX_VALUE / accounts) {
            throw new IllegalArgumentException(
                    "a balance is zero or more, and the sum fits a long: " + initialBalance);
        }
        if (!(readShare >= 0) || !(auditShare >= 0) || !(readShare + auditShare <= 1)) {
            throw new IllegalArgumentException(
                    "shares lie in [0, 1], and their sum too: " + readShare + ", " + auditShare);
        }
        if (!(hotShare >= 0 && hotShare <= 1)) {
            throw new IllegalArgumentException("a share lies in [0, 1]: " + hotShare);
        }
        if (hotAccounts < 1 || hotAccounts > accounts) {
            throw new IllegalArgumentException(
                    "hot accounts are 1 to " + accounts + ": " + hotAccounts);
        }
    }

    /** The sum of all balances, which no operation changes. */
    public long total() {
        return accounts * initialBalance;
    }
}
