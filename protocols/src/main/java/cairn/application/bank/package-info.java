/** A bank: accounts, transfers between them, and audits of their sum. */
@NullMarked
package cairn.application.bank;

import org.jspecify.annotations.NullMarked;
