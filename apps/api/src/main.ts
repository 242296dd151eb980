import 'reflect-metadata';
import { createApp } from './configure-app';
import { createAppConfig } from './app/config/app-config';
import { ConfigurationError, readEnvironment } from './app/config/environment';
import { startLocalVapi } from './app/demo/local-vapi';
import { openDatabase } from './app/prisma/database';

async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  const database = await openDatabase({
    databaseUrl: environment.DATABASE_URL,
    dataDir: environment.DATA_DIR,
    poolSize: environment.DATABASE_POOL_SIZE,
  });
  const localVapi =
    environment.VAPI_API_KEY === undefined ? await startLocalVapi(environment.DATA_DIR, database) : undefined;
  const config = createAppConfig(environment, {
    apiKey: localVapi?.apiKey ?? environment.VAPI_API_KEY ?? '',
    baseUrl: localVapi?.url ?? environment.VAPI_BASE_URL,
  });
  const app = await createApp(config, database);
  if (localVapi !== undefined) await localVapi.prepareDemo(app);
  await app.listen(config.port, config.host);
  const { port } = app.getHttpServer().address() as { port: number };
  console.log(`VoxReach is ready at http://localhost:${port}`);
  if (localVapi !== undefined) console.log(localVapi.greeting);
}

main().catch((error: unknown) => {
  // These two say what to do; a trace would only hide it.
  const isForPeople =
    error instanceof ConfigurationError || (error instanceof Error && error.name === 'DataDirInUseError');
  console.error(isForPeople ? (error as Error).message : error);
  process.exit(1);
});
