/**
 * What the state of a rank depends on, as protocols that log messages track it: the determinants of
 * receipts and who holds them, or the positions in the logs of all ranks (Elnozahy, Alvisi, Wang
 * and Johnson, ACM Computing Surveys 34(3), 2002).
 */
@NullMarked
package cairn.part.dependency;

import org.jspecify.annotations.NullMarked;
