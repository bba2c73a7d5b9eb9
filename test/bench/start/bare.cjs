// Express and pg, without a compiler: the least that a service on PostgreSQL starts with.
const express = require('express');
const { Pool } = require('pg');

const pool = new Pool({ connectionString: process.env.DATABASE_URL });
const site = express();
site.get('/health/ready', async (_, response) => {
  await pool.query('SELECT 1');
  response.json({ status: 'ready' });
});
site.listen(Number(process.env.PORT), '127.0.0.1');
