/** Says at the end how many cases ran and how many held. */
export default class CasesReporter {
  onRunComplete(_contexts, { numPassedTests, numTotalTests, testResults }) {
    for (const { testFilePath, numPassingTests, numFailingTests, perfStats } of testResults) {
      const name = testFilePath.split('/faults/').at(-1);
      const seconds = Math.round((perfStats.end - perfStats.start) / 1_000);
      console.log(
        `${name}: ${numPassingTests + numFailingTests} cases, ${numPassingTests} held, ${seconds} s`,
      );
    }
    console.log(`${numTotalTests} cases ran, ${numPassedTests} held`);
  }
}
