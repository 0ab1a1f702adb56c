/** Tables in the columnar format of Apache Parquet, without its libraries. */
@NullMarked
package cairn.report.parquet;

import org.jspecify.annotations.NullMarked;
